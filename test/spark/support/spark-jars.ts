import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sparkCache, sparkVersion } from "./spark-venv.ts";

/** Spark's connector for Kafka and its format Avro are no part of PySpark. Each comes without what it depends on: Spark has the rest. Some are of the newest release that every mirror has. */
const jars: readonly (readonly [group: string, artifact: string, version: string])[] = [
  ["org.apache.spark", "spark-sql-kafka-0-10_2.13", sparkVersion],
  ["org.apache.spark", "spark-token-provider-kafka-0-10_2.13", "4.0.0"],
  ["org.apache.spark", "spark-avro_2.13", "4.1.1"],
  ["org.apache.kafka", "kafka-clients", "3.9.2"],
  ["org.apache.commons", "commons-pool2", "2.13.1"],
];

const project = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>sluice.test</groupId>
  <artifactId>spark</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
${jars.map(([group, artifact, version]) => `    <dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version><exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions></dependency>`).join("\n")}
  </dependencies>
</project>
`;

/** The paths of the jars; Maven brings them the first time. Several processes may ask at once: the folder appears whole. */
export function sparkJars(): readonly string[] {
  const folder = join(sparkCache, `jars-${jars.map(([, , version]) => version).join("-")}`);
  if (!existsSync(folder)) bring(folder);
  return readdirSync(folder).map((name) => join(folder, name));
}

function bring(folder: string): void {
  mkdirSync(sparkCache, { recursive: true });
  const work = mkdtempSync(join(sparkCache, "fetching-"));
  try {
    writeFileSync(join(work, "pom.xml"), project);
    const maven = spawnSync("mvn", ["-B", "-q", "dependency:copy-dependencies", "-DoutputDirectory=lib", "-DincludeScope=runtime"], { cwd: work, encoding: "utf8" });
    if (maven.status !== 0) throw new Error(`Maven could not bring Spark's connectors: ${maven.error?.message ?? `${maven.stdout}${maven.stderr}`}`);
    try {
      renameSync(join(work, "lib"), folder);
    } catch (error) {
      if (!existsSync(folder)) throw error;
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
