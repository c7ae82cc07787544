import { SluiceRuntimeError } from "../../errors/runtime-error.ts";
import { describeSystemError } from "../../errors/system-error.ts";
import { thrownMessage } from "../../errors/thrown-message.ts";

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

/** Compressed in a way that is not read at all. */
export function compressedFile(path: string): SluiceRuntimeError {
  return new SluiceRuntimeError({ code: "R7208", what: "files compressed in this way cannot be read", where: path, how: "compress it with gzip or zstd, or leave it out by a pattern in the path" });
}

/** A file of a format that is read here and there, in a compressed archive. */
export function compressedWhole(path: string, format: string): SluiceRuntimeError {
  return new SluiceRuntimeError({ code: "R7208", what: `a file in the format ${format} cannot be read out of an archive`, where: path, how: "unpack it: the format compresses what is in it" });
}

/** Zstandard, which this version of Node has not. */
export function cannotDecompress(path: string): SluiceRuntimeError {
  return new SluiceRuntimeError({ code: "R7215", what: `this Node cannot decompress zstd files`, where: path, how: "run the job with Node 22.15, 23.8 or newer, or compress the file with gzip" });
}

/** The archive stops before its end: its writer has not finished, or a copy broke off. */
export function truncatedArchive(path: string, cause: unknown): SluiceRuntimeError {
  return new SluiceRuntimeError({ code: "R7216", what: "a compressed file is truncated", where: path, how: "write the file again, under another name, and start with a new checkpoint if a batch has taken the truncated one", cause });
}

/** The archive is no archive, or its checksum does not fit. */
export function damagedArchive(path: string, cause: unknown): SluiceRuntimeError {
  return new SluiceRuntimeError({ code: "R7217", what: `a compressed file is damaged: ${thrownMessage(cause)}`, where: path, how: "write the file again, under another name, and start with a new checkpoint if a batch has taken the damaged one", cause });
}

/** The bytes are no text in the encoding that the job names. */
export function notInEncoding(path: string, encoding: string, cause: unknown): SluiceRuntimeError {
  return new SluiceRuntimeError({ code: "R7218", what: `an input file is not valid ${encoding}`, where: path, how: "change `encoding`, or leave the file out by a pattern in the path", cause });
}

/** A pattern with more alternatives in braces than can be expanded. */
export function patternTooWide(path: string): SluiceRuntimeError {
  return new SluiceRuntimeError({ code: "R7201", what: "the pattern has more than 10,000 alternatives", where: path, how: "use `*` or a folder instead of `{…}`" });
}

/** Two settings of a file source that say different things, or would lose data. */
export function badSourceSetting(what: string, how: string): SluiceRuntimeError {
  return new SluiceRuntimeError({ code: "R7201", what, how });
}
