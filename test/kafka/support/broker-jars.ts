import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { mavenJars } from "../../support/fetched-folder.ts";

/** The version of Kafka that tests run against. */
export const kafkaVersion = "4.3.1";

const cache = fileURLToPath(new URL("../../../node_modules/.cache/sluice-kafka", import.meta.url));

/** What is missing on this machine to run a broker (`java`, `mvn`, `keytool`), or undefined where all is there. */
export function missingForBroker(): string | undefined {
  return ["java", "mvn", "keytool"].find((command) => spawnSync(command, [command === "mvn" ? "--version" : "-help"], { stdio: "ignore" }).error !== undefined);
}

/** The folder with the broker's jars; Maven brings them there the first time. */
export function brokerJars(): string {
  return mavenJars(join(cache, kafkaVersion), `Kafka ${kafkaVersion}`, [{ group: "org.apache.kafka", artifact: "kafka_2.13", version: kafkaVersion }]);
}
