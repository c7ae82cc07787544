import type { LogicalJob } from "../../ir/logical/job.ts";
import { sparkVersion } from "../requirements.ts";

const kafka = `org.apache.spark:spark-sql-kafka-0-10_2.13:${sparkVersion}`;
// Of Avro, Maven Central lists 4.1.1 as the newest; it reads and writes with that Spark.
const avro = "org.apache.spark:spark-avro_2.13:4.1.1";

/** Packages of Spark that the program needs, as `--packages` takes them. */
export function packagesOf(job: LogicalJob): readonly string[] {
  const ends = [...job.inputs, ...job.queries.map(({ sink }) => sink)];
  return [...(ends.some(({ connector }) => connector === "kafka") ? [kafka] : []), ...(ends.some(({ format }) => format === "avro") ? [avro] : [])];
}
