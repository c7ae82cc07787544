import { readFileSync, statSync } from "node:fs";
import { basename, resolve } from "node:path";
import { describeSystemError, systemErrorCode } from "../../runtime/errors/system-error.ts";
import { CliError } from "./cli-error.ts";

/** A job's file as it was named and as it was found. */
export interface JobFile {
  /** As the user wrote it: what diagnostics show. */
  readonly path: string;
  readonly absolute: string;
  readonly text: string;
}

/** Reads a `.sluice` file. One that is not there, is a folder, cannot be read or is not UTF-8 is a `CliError`. */
export function readJob(path: string, directory: string): JobFile {
  const absolute = resolve(directory, path);
  if (!basename(path).endsWith(".sluice")) {
    throw new CliError(`${path} is not a .sluice file`, isDirectory(absolute) ? `name the files in it: ${path.replace(/\/+$/, "")}/NAME.sluice` : "the name of a job ends in .sluice");
  }
  try {
    const bytes = readFileSync(absolute);
    return { path, absolute, text: decodeJob(path, bytes) };
  } catch (error) {
    if (systemErrorCode(error) === undefined) throw error;
    throw new CliError(`cannot read ${path}: ${describeSystemError(error)}`, systemErrorCode(error) === "ENOENT" ? "check the path; it is relative to the working directory" : undefined);
  }
}

/** The text of a job, without a byte order mark; `path` is what a message calls it. */
export function decodeJob(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new CliError(`${path} is not UTF-8 (at byte ${firstBadByte(bytes)})`, "save the file as UTF-8");
  }
}

/** The offset of the first byte that is no UTF-8: the longest prefix that decodes, as a stream, ends there. */
function firstBadByte(bytes: Uint8Array): number {
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (isPrefixOfText(bytes.subarray(0, middle))) low = middle;
    else high = middle - 1;
  }
  return low;
}

function isPrefixOfText(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
