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

/** Hadoop's local file system without a `chmod` of its own process for each file: a third of a small batch's time. */
const localFiles = ["com.globalmentor", "hadoop-bare-naked-local-fs", "0.1.0"] as const;

/** Settings of a session that have Spark read and write local files by it. */
export function localFileSettings(): readonly string[] {
  const [group, artifact, version] = localFiles;
  const folder = join(sparkCache, `${artifact}-${version}`);
  mavenJars(folder, "a local file system", [{ group, artifact, version, alone: true }]);
  return [
    `spark.driver.extraClassPath=${join(folder, `${artifact}-${version}.jar`)}`,
    "spark.hadoop.fs.file.impl=com.globalmentor.apache.hadoop.fs.BareLocalFileSystem",
    // The usual one goes by another interface of Hadoop, which this file system lacks.
    "spark.sql.streaming.checkpointFileManagerClass=org.apache.spark.sql.execution.streaming.checkpointing.FileSystemBasedCheckpointFileManager",
    "spark.sql.streaming.checkpoint.fileChecksum.enabled=false",
  ];
}

/** The paths of the jars; Maven brings them the first time. */
export function sparkJars(): readonly string[] {
  const folder = join(sparkCache, `jars-${jars.map(([, , version]) => version).join("-")}`);
  mavenJars(folder, "Spark's connectors", jars.map(([group, artifact, version]) => ({ group, artifact, version, alone: true })));
  return readdirSync(folder).map((name) => join(folder, name));
}
