import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { describeSystemError, systemErrorCode } from "../../../runtime/errors/system-error.ts";
import type { EmittedFile } from "../../emit.ts";
import { bundleFunctions } from "../bundle/bundle-functions.ts";
import { runtimeToBundle } from "../bundle/runtime-to-bundle.ts";
import { checkForSpark, type CheckedForSpark } from "../check-for-spark.ts";
import { CliError } from "../cli-error.ts";
import { contentOf } from "../content-of.ts";
import { packageFolder } from "../package-folder.ts";
import { printDiagnostics } from "../print-diagnostics.ts";
import { readJob, type JobFile } from "../read-job.ts";
import { exitCodes, type Shell } from "../shell.ts";
import { shownPath } from "../shown-path.ts";
import { unifiedDiff } from "../unified-diff.ts";

/** What every program shares, by its name beside them. */
const supportName = "sluice_spark.py";

/** How a file begins that this command wrote, by its name: another one is not overwritten. */
const programStart = "# Emitted by `sluice build --target spark`";
const bundleStart = "// Emitted by `sluice build --target spark`";
const supportStart = '"""What every program that `sluice build --target spark` writes shares';

/** A program lies in the folder from which Python imports first: one of such a name would be taken for what PySpark imports. */
const importedNames: ReadonlySet<string> = new Set(
  ("sluice_spark pyspark py4j pandas pyarrow numpy abc argparse ast base64 bisect calendar cmd code codecs collections contextlib copy csv ctypes dataclasses datetime decimal difflib dis email enum errno " +
    "fractions functools gc getpass gettext glob gzip hashlib heapq hmac html http importlib inspect io itertools json keyword linecache locale logging math numbers opcode operator os pathlib pickle pkgutil platform " +
    "pprint profile queue random re resource sched secrets select selectors shlex shutil signal site socket socketserver ssl stat statistics string struct subprocess symtable sys sysconfig tarfile tempfile textwrap " +
    "threading time token tokenize traceback types typing unittest urllib uuid warnings weakref xml zipfile zlib").split(" "),
);

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
    jobs.push({ file, checked: await checkForSpark(file), out: outFolder(file, given, shell) });
  }
  const good = jobs.map(({ checked }) => printDiagnostics(checked, shell));
  if (good.includes(false)) return exitCodes.userError;
  const whole = await Promise.all(jobs.map((job) => withFunctions(job, shell)));
  const wanted = filesOf(whole, readFileSync(join(shell.installation, "runtime", "spark", supportName), "utf8"));
  const changes = [...wanted].flatMap(([path, after]) => {
    const before = contentOf(path);
    return before === after ? [] : [{ path, before, after }];
  });
  return options.has("check") ? report(changes, shell) : write(changes, shell);
}

/** A job with the bundle of its imported functions among its files. */
async function withFunctions(job: SparkJob, shell: Shell): Promise<SparkJob> {
  const { checked, file } = job;
  if (checked.functions === undefined) return job;
  const bundle = await bundleFunctions(checked.functions, file, runtimeToBundle(shell));
  return { ...job, checked: { ...checked, files: [...checked.files, bundle] } };
}

function refuseImportedName({ path, absolute }: JobFile): void {
  const name = basename(absolute, ".sluice");
  if (importedNames.has(name.toLowerCase())) throw new CliError(`a program ${name}.py would be taken for the module \`${name}\` that PySpark imports`, `give ${path} another name`);
}

function outFolder(file: JobFile, given: string | undefined, shell: Shell): string {
  if (given !== undefined) return resolve(shell.directory, given);
  const home = packageFolder(dirname(file.absolute));
  if (home === undefined) throw new CliError(`there is no package.json above ${file.path}, so no folder for what is built`, "say where to with -o DIR");
  return join(home, "generated", "spark");
}

/** The text of each file by its path. The requirements of jobs that share a folder are one list. */
function filesOf(jobs: readonly SparkJob[], support: string): ReadonlyMap<string, string> {
  const wanted = new Map<string, string>();
  const owners = new Map<string, string>();
  for (const { file, checked, out } of jobs) {
    for (const { name, text } of checked.files) {
      const path = join(out, name);
      const before = wanted.get(path);
      if (name === "requirements.txt") {
        wanted.set(path, before === undefined ? text : merged(before, text));
        continue;
      }
      // File systems may take upper for lower case.
      const other = owners.get(path.toLowerCase());
      if (other !== undefined) throw new CliError(`${other} and ${file.path} would both be built as ${name}`, "give one of them another name, or build it into another folder with -o");
      owners.set(path.toLowerCase(), file.path);
      wanted.set(path, text);
    }
    wanted.set(join(out, supportName), support);
  }
  return wanted;
}

function merged(first: EmittedFile["text"], second: EmittedFile["text"]): string {
  return `${[...new Set([...first.trimEnd().split("\n"), ...second.trimEnd().split("\n")])].join("\n")}\n`;
}

interface Change {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string;
}

function report(changes: readonly Change[], shell: Shell): number {
  if (changes.length === 0) return exitCodes.success;
  for (const { path, before, after } of changes) shell.stdout(unifiedDiff(shownPath(path, shell), before, after));
  throw new CliError(`${changes.length === 1 ? "1 file is" : `${changes.length} files are`} not what the jobs give`, "run sluice build --target spark with the same files, and commit what it writes");
}

function write(changes: readonly Change[], shell: Shell): number {
  for (const { path, before } of changes) {
    if (before === undefined || before.startsWith(programStart) || before.startsWith(bundleStart) || (basename(path) === supportName && before.startsWith(supportStart))) continue;
    throw new CliError(`${shownPath(path, shell)} was not made by sluice build, and is not overwritten`, "move it away, or build into another folder with -o DIR");
  }
  for (const { path, after } of changes) {
    try {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, after);
    } catch (error) {
      throw systemErrorCode(error) === undefined ? error : new CliError(`cannot write ${path}: ${describeSystemError(error)}`);
    }
    shell.stderr(`wrote ${shownPath(path, shell)}\n`);
  }
  return exitCodes.success;
}
