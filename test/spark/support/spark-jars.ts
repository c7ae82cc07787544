import { readdirSync } from "node:fs";
import { join } from "node:path";
import { sparkVersion } from "../../../compiler/5-spark/requirements.ts";
import { mavenJars } from "../../support/fetched-folder.ts";
import { sparkCache } from "./spark-venv.ts";

/** Spark's connector for Kafka and its format Avro are no part of PySpark. Each comes without what it depends on: Spark has the rest. Some are of the newest release that every mirror has. */
const jars: readonly (readonly [group: string, artifact: string, version: string])[] = [
  ["org.apache.spark", "spark-sql-kafka-0-10_2.13", sparkVersion],
  ["org.apache.spark", "spark-token-provider-kafka-0-10_2.13", "4.0.0"],
  ["org.apache.spark", "spark-avro_2.13", "4.1.1"],
  ["org.apache.kafka", "kafka-clients", "3.9.2"],
  ["org.apache.commons", "commons-pool2", "2.13.1"],
];

/** The paths of the jars; Maven brings them the first time. */
export function sparkJars(): readonly string[] {
  const folder = join(sparkCache, `jars-${jars.map(([, , version]) => version).join("-")}`);
  mavenJars(folder, "Spark's connectors", jars.map(([group, artifact, version]) => ({ group, artifact, version, alone: true })));
  return readdirSync(folder).map((name) => join(folder, name));
}
