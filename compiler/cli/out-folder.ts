import { dirname, join, resolve } from "node:path";
import { CliError } from "./cli-error.ts";
import { packageFolder } from "./package-folder.ts";
import type { JobFile } from "./read-job.ts";
import type { Shell } from "./shell.ts";

/** The folder that was given, or `below` beside the job's nearest package.json. */
export function outFolder(file: JobFile, given: string | undefined, shell: Shell, ...below: readonly string[]): string {
  if (given !== undefined) return resolve(shell.directory, given);
  const home = packageFolder(dirname(file.absolute));
  if (home === undefined) throw new CliError(`there is no package.json above ${file.path}, so no folder for what is built`, "say where to with --out DIR");
  return join(home, ...below);
}
