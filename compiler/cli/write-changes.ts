import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { describeSystemError, systemErrorCode } from "../../runtime/errors/system-error.ts";
import { CliError } from "./cli-error.ts";
import { exitCodes, type Shell } from "./shell.ts";
import { shownPath } from "./shown-path.ts";
import { unifiedDiff } from "./unified-diff.ts";

/** A file as it is on the disk and as it is to be; undefined: not there. */
export interface Change {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** What a command that builds says of its files. */
export interface BuiltFiles {
  /** How a text begins that the command wrote: others are not overwritten. */
  readonly starts: readonly string[];
  /** The command to run again where a file is stale. */
  readonly command: string;
  /** The option that names another folder. */
  readonly option: string;
}

/** With `check` prints how the files would change and fails if one would; else writes them, or removes those that are not to be. Nothing is written where one of them is somebody else's. */
export function applyChanges(changes: readonly Change[], built: BuiltFiles, check: boolean, shell: Shell): number {
  const real = changes.filter(({ before, after }) => before !== after);
  return check ? report(real, built, shell) : write(real, built, shell);
}

function report(changes: readonly Change[], { command }: BuiltFiles, shell: Shell): number {
  if (changes.length === 0) return exitCodes.success;
  for (const { path, before, after } of changes) shell.stdout(unifiedDiff(shownPath(path, shell), before, after));
  throw new CliError(`${changes.length === 1 ? "1 file is" : `${changes.length} files are`} not what the jobs give`, `run ${command} with the same files, and commit what it writes`);
}

function write(changes: readonly Change[], { starts, option }: BuiltFiles, shell: Shell): number {
  for (const { path, before } of changes) {
    if (before === undefined || starts.some((start) => before.startsWith(start))) continue;
    throw new CliError(`${shownPath(path, shell)} was not made by sluice build, and is not overwritten`, `move it away, or build into another folder with ${option}`);
  }
  for (const { path, after } of changes) {
    try {
      mkdirSync(dirname(path), { recursive: true });
      if (after === undefined) rmSync(path);
      else writeFileSync(path, after);
    } catch (error) {
      throw systemErrorCode(error) === undefined ? error : new CliError(`cannot write ${path}: ${describeSystemError(error)}`);
    }
    shell.stderr(`${after === undefined ? "removed" : "wrote"} ${shownPath(path, shell)}\n`);
  }
  return exitCodes.success;
}
