import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { requirements } from "../../5-spark/requirements.ts";
import type { EmittedFile } from "../../emit.ts";
import { bundleFunctions } from "../bundle/bundle-functions.ts";
import { runtimeToBundle } from "../bundle/runtime-to-bundle.ts";
import { checkForSpark, type CheckedForSpark } from "../check-for-spark.ts";
import { CliError } from "../cli-error.ts";
import { contentOf } from "../content-of.ts";
import { outFolder } from "../out-folder.ts";
import { printDiagnostics } from "../print-diagnostics.ts";
import { pythonModules } from "../python-modules.ts";
import { readJob, type JobFile } from "../read-job.ts";
import { exitCodes, type Shell } from "../shell.ts";
import { applyChanges, type BuiltFiles } from "../write-changes.ts";

/** What every program shares, by its name beside them. */
const supportName = "sluice_spark.py";

const built: BuiltFiles = {
  starts: ["# Emitted by `sluice build --target spark`", "// Emitted by `sluice build --target spark`", '"""What every program that `sluice build --target spark` writes shares'],
  command: "sluice build --target spark",
  option: "-o DIR",
};

interface SparkJob {
  readonly file: JobFile;
  readonly checked: CheckedForSpark;
  readonly out: string;
}

/** Writes the programs of jobs for Spark, and beside them what they share. Exit code 1 where a job has an error, of Spark's too; nothing is written then. */
export async function buildSpark(files: readonly string[], options: ReadonlyMap<string, string>, shell: Shell): Promise<number> {
  const given = options.get("out");
  const jobs: SparkJob[] = [];
  for (const path of files) {
    const file = readJob(path, shell.directory);
    refuseImportedName(file);
    jobs.push({ file, checked: await checkForSpark(file), out: outFolder(file, given, shell, "generated", "spark") });
  }
  const good = jobs.map(({ checked }) => printDiagnostics(checked, shell));
  if (good.includes(false)) return exitCodes.userError;
  const whole = await Promise.all(jobs.map((job) => withFunctions(job, shell)));
  const shared = [
    { name: supportName, text: readFileSync(join(shell.installation, "runtime", "spark", supportName), "utf8") },
    { name: "requirements.txt", text: requirements },
  ];
  const changes = [...filesOf(whole, shared)].map(([path, after]) => ({ path, before: contentOf(path), after }));
  return applyChanges(changes, built, options.has("check"), shell);
}

/** A job with the bundle of its imported functions among its files. */
async function withFunctions(job: SparkJob, shell: Shell): Promise<SparkJob> {
  const { checked, file } = job;
  if (checked.functions === undefined) return job;
  const bundle = await bundleFunctions(checked.functions, file, runtimeToBundle(shell));
  return { ...job, checked: { ...checked, files: [...checked.files, bundle] } };
}

/** A program lies in the folder from which Python imports first: one of such a name would be taken for what it imports. */
function refuseImportedName({ path, absolute }: JobFile): void {
  const name = basename(absolute, ".sluice");
  if (pythonModules.has(name.toLowerCase())) throw new CliError(`a program ${name}.py would be taken for the module \`${name}\` of Python or PySpark`, `give ${path} another name`);
}

/** The text of each file by its path, with what the programs of a folder share. */
function filesOf(jobs: readonly SparkJob[], shared: readonly EmittedFile[]): ReadonlyMap<string, string> {
  const wanted = new Map<string, string>();
  const owners = new Map<string, string>();
  for (const { file, checked, out } of jobs) {
    for (const { name, text } of checked.files) {
      const path = join(out, name);
      // File systems may take upper for lower case.
      const other = owners.get(path.toLowerCase());
      if (other !== undefined) throw new CliError(`${other} and ${file.path} would both be built as ${name}`, "give one of them another name, or build it into another folder with -o");
      owners.set(path.toLowerCase(), file.path);
      wanted.set(path, text);
    }
    for (const { name, text } of shared) wanted.set(join(out, name), text);
  }
  return wanted;
}
