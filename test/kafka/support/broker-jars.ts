import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The version of Kafka that tests run against. */
export const kafkaVersion = "4.3.1";

const cache = fileURLToPath(new URL("../../../node_modules/.cache/sluice-kafka", import.meta.url));

const project = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>sluice.test</groupId>
  <artifactId>broker</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>${kafkaVersion}</version></dependency>
  </dependencies>
</project>
`;

/** What is missing on this machine to run a broker (`java`, `mvn`, `keytool`), or undefined where all is there. */
export function missingForBroker(): string | undefined {
  return ["java", "mvn", "keytool"].find((command) => spawnSync(command, [command === "mvn" ? "--version" : "-help"], { stdio: "ignore" }).error !== undefined);
}

/** The folder with the broker's jars; Maven brings them there the first time. Several processes may ask at once: the folder appears whole. */
export function brokerJars(): string {
  const jars = join(cache, kafkaVersion);
  if (existsSync(jars)) return jars;
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, "fetching-"));
  try {
    writeFileSync(join(work, "pom.xml"), project);
    const maven = spawnSync("mvn", ["-B", "-q", "dependency:copy-dependencies", "-DoutputDirectory=lib", "-DincludeScope=runtime"], { cwd: work, encoding: "utf8" });
    if (maven.status !== 0) throw new Error(`Maven could not bring Kafka ${kafkaVersion}: ${maven.error?.message ?? `${maven.stdout}${maven.stderr}`}`);
    try {
      renameSync(join(work, "lib"), jars);
    } catch (error) {
      if (!existsSync(jars)) throw error;
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return jars;
}
