import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { pythonPackages, sparkVersion } from "../../../compiler/5-spark/requirements.ts";
import { fetchedFolder } from "../../support/fetched-folder.ts";

/** Where what tests with Spark need is kept. */
export const sparkCache = fileURLToPath(new URL("../../../node_modules/.cache/sluice-spark", import.meta.url));

/** What is missing on this machine to run PySpark, or undefined where all is there. */
export function missingForPySpark(): string | undefined {
  if (!answers("python3", ["-c", "import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 10))"])) return "Python 3.10 with venv and pip";
  return javaVersion() < 17 ? "Java 17" : undefined;
}

/** What is missing for the tests with Spark, whose connectors come by Maven. */
export function missingForSpark(): string | undefined {
  return missingForPySpark() ?? (answers("mvn", ["--version"]) ? undefined : "mvn");
}

/** The folder of a virtual environment with PySpark; pip fills it the first time. */
export function sparkVenv(): string {
  return fetchedFolder(join(sparkCache, pythonPackages.join("+").replaceAll("==", "-")), (work) => {
    // The environment is moved when it is whole, so nothing of it may be called by the name it was made with: `bin/python -m …` instead.
    const made = join(work, "venv");
    run("python3", ["-m", "venv", made]);
    run(join(made, "bin/python"), ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...pythonPackages]);
    return made;
  });
}

function run(command: string, words: readonly string[]): void {
  const end = spawnSync(command, words, { encoding: "utf8" });
  if (end.status !== 0) throw new Error(`PySpark ${sparkVersion} could not be brought here: ${end.error?.message ?? `${end.stdout}${end.stderr}`}`);
}

function answers(command: string, words: readonly string[]): boolean {
  return spawnSync(command, words, { stdio: "ignore" }).status === 0;
}

function javaVersion(): number {
  const { stderr, stdout } = spawnSync("java", ["-version"], { encoding: "utf8" });
  return Number(/version "(\d+)/.exec(`${stderr}${stdout}`)?.[1] ?? 0);
}
