import { SluiceRuntimeError } from "../../errors/runtime-error.ts";
import { describeSystemError } from "../../errors/system-error.ts";

/** The path of a file source is not there, or its pattern finds nothing where something is needed. */
export function pathMissing(path: string, workingDirectory: string, isPattern: boolean): SluiceRuntimeError {
  return new SluiceRuntimeError({
    code: "R7202",
    what: isPattern ? `no file matches \`${path}\`` : `there is no file or folder \`${path}\``,
    where: path.startsWith("/") ? path : `${path} in ${workingDirectory}`,
    how: "create it, or mend the path; a relative path starts at the folder that the job is run in",
  });
}

/** The operating system refused to list or read. */
export function cannotRead(path: string, cause: unknown): SluiceRuntimeError {
  return new SluiceRuntimeError({ code: "R7203", what: `cannot read the input: ${describeSystemError(cause)}`, where: path, how: "make it readable for this process, then start the query again", cause });
}

/** A file is not what it was when it was logged for its batch, so that a replay would give other rows. */
export function fileChanged(path: string, what: string): SluiceRuntimeError {
  return new SluiceRuntimeError({
    code: "R7204",
    what: `an input file ${what}`,
    where: path,
    how: "put the file back as it was; write files under another name and rename them into the folder when they are complete, and never change them afterwards",
  });
}

/** The last line ends in the middle of a value: its writer has not finished, and the run that ends would leave the file out for good. */
export function truncatedLine(path: string, offset: number): SluiceRuntimeError {
  return new SluiceRuntimeError({
    code: "R7205",
    what: "the last line of an input file is truncated",
    where: `${path}, byte ${offset}`,
    how: "complete the file, or take it away, and start the query again: no batch has taken it; write files under another name and rename them into the folder",
  });
}

/** A line is longer than `maxRecordBytes`. */
export function lineTooLong(path: string, offset: number, limit: number): SluiceRuntimeError {
  return new SluiceRuntimeError({
    code: "R7206",
    what: `a line is longer than ${limit} bytes`,
    where: `${path}, byte ${offset}`,
    how: "end records with line ends, or raise `maxRecordBytes`",
  });
}

/** The log of seen files in the checkpoint cannot be understood. */
export function badSourceEntry(entry: number, what: string): SluiceRuntimeError {
  return new SluiceRuntimeError({
    code: "R7207",
    what: `entry ${entry} of the source's log in the checkpoint ${what}`,
    how: "restore the checkpoint's `sources` folder from a backup, or start with a new checkpoint",
  });
}

/** Compressed input, which no format of this version reads. */
export function compressedFile(path: string): SluiceRuntimeError {
  return new SluiceRuntimeError({ code: "R7208", what: "compressed files cannot be read", where: path, how: "decompress the file, or leave it out by a pattern in the path" });
}

/** A pattern with more alternatives in braces than can be expanded. */
export function patternTooWide(path: string): SluiceRuntimeError {
  return new SluiceRuntimeError({ code: "R7201", what: "the pattern has more than 10,000 alternatives", where: path, how: "use `*` or a folder instead of `{…}`" });
}
