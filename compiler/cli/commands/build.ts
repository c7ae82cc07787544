import { dirname, join } from "node:path";
import type { Checked } from "../../compile.ts";
import { checkJob } from "../check-job.ts";
import { CliError } from "../cli-error.ts";
import { contentOf } from "../content-of.ts";
import { outFolder } from "../out-folder.ts";
import { printDiagnostics } from "../print-diagnostics.ts";
import { readArguments } from "../read-arguments.ts";
import { readJob, type JobFile } from "../read-job.ts";
import { readTarget } from "../read-target.ts";
import { exitCodes, type Shell } from "../shell.ts";
import { specifiersIn } from "../specifiers.ts";
import { applyChanges, type Change } from "../write-changes.ts";

export const buildHelp = `sluice build [--check] [--out DIR] FILE…
sluice build --bundle [-o FILE] FILE
sluice build --target spark [--check] [-o DIR] FILE…

Writes NAME.ts and NAME.reader.ts for each NAME.sluice; with --bundle, one file that node runs, with everything in it; with
--target spark, NAME.py that spark-submit runs, and beside it sluice_spark.py and requirements.txt, which the jobs of a folder share.

Options:
  --out DIR       where to; generated/ beside the nearest package.json by default
  --check         write nothing, and fail with a diff where a file is not what would be written
  --bundle        write the job, the runtime, the functions that it imports and their packages as one file, which takes the
                  options of sluice run: node NAME.mjs --batch
  -o FILE         with --bundle: the file; NAME.mjs in the working directory by default
  --target spark  a program for Apache Spark in place of modules for Node
  -o DIR          with --target spark, as --out: where to; generated/spark/ beside the nearest package.json by default
  --help          print this
`;

/** Exit code 1 where a file has errors (then nothing is written), or with `--check` where a module is stale. */
export async function build(argv: readonly string[], shell: Shell): Promise<number> {
  const { files, options, help } = readArguments(argv, { check: "flag", out: "value", bundle: "flag", target: "value", output: "value" }, { o: "output" });
  if (help) {
    shell.stdout(buildHelp);
    return exitCodes.success;
  }
  if (files.length === 0) throw new CliError("no file to build", "write sluice build FILE.sluice");
  if (readTarget(options) === "spark") return spark(files, options, shell);
  if (options.has("bundle")) return bundle(files, options, shell);
  if (options.has("output")) throw new CliError("-o names a bundle, or the folder of programs for Spark, and there is no --bundle", "add --bundle or --target spark, or name a folder with --out DIR");
  const jobs = files.map((path) => readJob(path, shell.directory)).map((file) => ({ file, checked: checkJob(file), out: outFolder(file, options.get("out"), shell, "generated") }));
  refuseSameNames(jobs);
  const good = jobs.map(({ checked }) => printDiagnostics(checked, shell));
  if (good.includes(false)) return exitCodes.userError;
  const { emitJob } = await import("../../emit.ts");
  const changes = jobs.flatMap(({ file, checked, out }) => changesOf(out, checked, emitJob(checked, specifiersIn(out, file))));
  return applyChanges(changes, { starts: ["// Emitted from "], command: "sluice build", option: "--out" }, options.has("check"), shell);
}

async function spark(files: readonly string[], options: ReadonlyMap<string, string>, shell: Shell): Promise<number> {
  if (options.has("bundle")) throw new CliError("--bundle makes a file that node runs, and the target is spark", "leave --bundle out, or --target spark");
  const [out, output] = [options.get("out"), options.get("output")];
  if (out !== undefined && output !== undefined) throw new CliError("--out and -o name the same folder", "give one of them");
  const { buildSpark } = await import("./build-spark.ts");
  return buildSpark(files, output === undefined ? options : new Map([...options, ["out", output]]), shell);
}

async function bundle([path = "", second]: readonly string[], options: ReadonlyMap<string, string>, shell: Shell): Promise<number> {
  if (second !== undefined) throw new CliError(`a bundle is of one job, and ${second} is a second`, "bundle them one after the other");
  if (options.has("out")) throw new CliError("--out names a folder of modules, and a bundle is one file", "name it with -o FILE");
  if (options.has("check")) throw new CliError("--check compares modules, and a bundle is not committed", "leave --check out");
  const file = readJob(path, shell.directory);
  const checked = checkJob(file);
  if (!printDiagnostics(checked, shell)) return exitCodes.userError;
  const { buildBundle } = await import("./build-bundle.ts");
  return buildBundle(file, checked, options.get("output"), shell);
}

/** Two jobs of one name would overwrite each other. File systems may take upper for lower case. */
function refuseSameNames(jobs: readonly { readonly file: JobFile; readonly checked: Checked; readonly out: string }[]): void {
  const taken = new Map<string, string>();
  for (const { file, out } of jobs) {
    const target = join(out, nameOf(file)).toLowerCase();
    const other = taken.get(target);
    if (other !== undefined) throw new CliError(`${other} and ${file.path} would both be built as ${nameOf(file)}.ts`, "give one of them another name, or build it into another folder with --out");
    taken.set(target, file.path);
  }
}

function nameOf(file: JobFile): string {
  return file.absolute.slice(dirname(file.absolute).length).replace(/^[\\/]/, "").replace(/\.sluice$/, "");
}

/** The job's files, and those of an earlier build that it has no longer. */
function changesOf(out: string, { job }: Checked, files: readonly { readonly name: string; readonly text: string }[]): readonly Change[] {
  const written = files.map(({ name, text }): Change => ({ path: join(out, name), before: contentOf(join(out, name)), after: text }));
  const left = [".reader.ts", ".serializer.cjs", ".serializer.d.cts"]
    .map((ending) => `${job?.name ?? ""}${ending}`)
    .filter((name) => !files.some((file) => file.name === name))
    .map((name): Change => ({ path: join(out, name), before: contentOf(join(out, name)), after: undefined }));
  return [...written, ...left];
}
