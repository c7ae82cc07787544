import { readdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { describeSystemError, systemErrorCode } from "../../../runtime/errors/system-error.ts";
import { CliError } from "../cli-error.ts";
import { packageName, projectFiles } from "../new-project/project-files.ts";
import { readArguments } from "../read-arguments.ts";
import { exitCodes, type Shell } from "../shell.ts";
import { writeNewFile } from "../write-new-file.ts";
import { versionOf } from "../version.ts";
import { build } from "./build.ts";

export const newHelp = `sluice new DIR [--package SPEC]

Makes a project in a folder that is empty or not there yet: a job, data for it, a function that it imports, a test, and what a
service needs to check every push.

Options:
  --package SPEC   what it depends on as sluice: versions, or the path or URL of a package; this version by default
  --help           print this
`;

/** Exit code 1 where the folder cannot be used; then nothing is written. */
export async function newProject(argv: readonly string[], shell: Shell): Promise<number> {
  const { files, options, help } = readArguments(argv, { package: "value" });
  if (help) {
    shell.stdout(newHelp);
    return exitCodes.success;
  }
  const [given, second] = files;
  if (given === undefined) throw new CliError("no folder for the project", "write sluice new DIR");
  if (second !== undefined) throw new CliError(`new makes one project, and ${second} is a second`, "make them one after the other");
  const folder = resolve(shell.directory, given);
  refuseTaken(folder, given);
  const dependency = options.get("package") ?? `^${versionOf(shell.installation)}`;
  for (const { path, text } of projectFiles({ name: packageName(basename(folder)), dependency })) writeNewFile(join(folder, path), text);
  const built = await build(["jobs/visits.sluice"], { ...shell, directory: folder, stderr: () => {} });
  if (built !== exitCodes.success) return built;
  shell.stdout(`made ${given}; next:\n\n${given === "." ? "" : `  cd ${shellWord(given)}\n`}  npm install\n  npm start\n`);
  return exitCodes.success;
}

/** A path as a shell takes it for one word. */
function shellWord(path: string): string {
  return /^[\p{L}\p{N}_./:@%+,~\\-]+$/u.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}

/** A folder that holds anything is someone's; a repository without a commit is as good as empty. */
function refuseTaken(folder: string, given: string): void {
  try {
    const [first] = readdirSync(folder).filter((name) => name !== ".git");
    if (first !== undefined) throw new CliError(`${given} is not empty: it holds ${first}`, "name a folder that is empty or not there yet");
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return;
    if (systemErrorCode(error) === "ENOTDIR") throw new CliError(`${given} is not a folder`, "name a folder that is empty or not there yet");
    throw systemErrorCode(error) === undefined ? error : new CliError(`cannot read ${given}: ${describeSystemError(error)}`);
  }
}
