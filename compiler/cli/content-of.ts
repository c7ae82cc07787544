import { readFileSync } from "node:fs";
import { describeSystemError, systemErrorCode } from "../../runtime/errors/system-error.ts";
import { CliError } from "./cli-error.ts";

/** The text of a file; undefined where there is none. One that cannot be read is a `CliError`. */
export function contentOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT" || systemErrorCode(error) === "ENOTDIR") return undefined;
    throw systemErrorCode(error) === undefined ? error : new CliError(`cannot read ${path}: ${describeSystemError(error)}`);
  }
}
