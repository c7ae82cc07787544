import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The Spark that tests run, and what it needs of Python's packages. */
export const sparkVersion = "4.2.0";
const packages = [`pyspark==${sparkVersion}`, "pandas==2.3.3", "pyarrow==26.0.1"];

/** Where what tests with Spark need is kept. */
export const sparkCache = fileURLToPath(new URL("../../../node_modules/.cache/sluice-spark", import.meta.url));

/** What is missing on this machine to run Spark, or undefined where all is there. */
export function missingForSpark(): string | undefined {
  if (!answers("python3", ["-c", "import ensurepip, venv"])) return "python3 with venv and pip";
  if (javaVersion() < 17) return "Java 17";
  return answers("mvn", ["--version"]) ? undefined : "mvn";
}

/** The folder of a virtual environment with PySpark; pip fills it the first time. Several processes may ask at once: the folder appears whole. */
export function sparkVenv(): string {
  const venv = join(sparkCache, packages.join("+").replaceAll("==", "-"));
  if (existsSync(venv)) return venv;
  mkdirSync(sparkCache, { recursive: true });
  const work = mkdtempSync(join(sparkCache, "fetching-"));
  try {
    // The environment is moved when it is whole, so nothing of it may be called by the name it was made with: `bin/python -m …` instead.
    const made = join(work, "venv");
    run("python3", ["-m", "venv", made]);
    run(join(made, "bin/python"), ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...packages]);
    try {
      renameSync(made, venv);
    } catch (error) {
      if (!existsSync(venv)) throw error;
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return venv;
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
