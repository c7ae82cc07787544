import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { describeSystemError, systemErrorCode } from "../../runtime/errors/system-error.ts";
import { CliError } from "./cli-error.ts";

/** Writes a file that is not there yet, with the folders that lead to it. One that is there, or cannot be written, is a `CliError`. */
export function writeNewFile(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { flag: "wx" });
  } catch (error) {
    throw systemErrorCode(error) === undefined ? error : new CliError(`cannot write ${path}: ${describeSystemError(error)}`);
  }
}
