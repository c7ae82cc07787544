import type { Host } from "../../host/host.ts";
import { OptionCheck } from "../option-check.ts";
import { overlapsSource } from "./archive-place.ts";
import { badSourceSetting } from "./file-errors.ts";

export interface FileSourceOptions {
  /** A file, a folder or a pattern; relative to the working directory. */
  readonly path: string;
  /** How texts are encoded, UTF-8 where it is not given. */
  readonly encoding?: string | null;
  /** Files of a batch. */
  readonly maxFilesPerTrigger?: number | bigint | null;
  /** Bytes of the files of a batch, which has one file at least. */
  readonly maxBytesPerTrigger?: number | bigint | null;
  /** Bytes of the longest line that is read, 256 MB where it is not given: a guard against input without line ends. */
  readonly maxRecordBytes?: number | bigint | null;
  /** The newest files come first. */
  readonly latestFirst?: boolean | null;
  /** Microseconds behind the newest file taken; older files are left out. */
  readonly maxFileAge?: number | bigint | null;
  /** A file is known by its name alone. */
  readonly fileNameOnly?: boolean | null;
  /** A file that is gone when its batch is read has no rows, where otherwise the query fails. */
  readonly ignoreMissingFiles?: boolean | null;
  /** Whether a table is read again when its files change, as it is where nothing is given; otherwise once in a run. */
  readonly reread?: boolean | null;
  /** What becomes of a file once its batch is committed. */
  readonly cleanSource?: "off" | "delete" | "archive";
  /** Where `archive` moves files, under their absolute paths; relative to the working directory. */
  readonly sourceArchiveDir?: string | null;
}

/** How the files of a source are read, as a stream or as a table. */
export interface FileReading {
  readonly path: string;
  /** Undefined: UTF-8. */
  readonly encoding: string | undefined;
  readonly maxRecordBytes: number;
  readonly ignoreMissingFiles: boolean;
  /** Whether a table is read again when its files change. */
  readonly reread: boolean;
}

/** How much a batch takes; both undefined: all that there is. */
export interface FileLimit {
  readonly files: number | undefined;
  readonly bytes: number | undefined;
}

export interface FileStreamSettings extends FileReading {
  readonly limit: FileLimit;
  readonly latestFirst: boolean;
  /** Milliseconds. */
  readonly maxFileAge: number | undefined;
  readonly fileNameOnly: boolean;
  /** Undefined: files stay. `archive` is the folder that they are moved into, undefined where they are deleted. */
  readonly cleaning: { readonly archive: string | undefined } | undefined;
}

const defaultMaxRecordBytes = 256 * 1024 * 1024;
const mostRecordBytes = 1024 * 1024 * 1024;

/** Checks the options of a file source by themselves and together (Spark: FileStreamOptions). */
export function fileStreamSettings(options: FileSourceOptions): FileStreamSettings {
  const check = new OptionCheck("source", "file");
  const most = Number.MAX_SAFE_INTEGER;
  const limit = {
    files: check.whole("maxFilesPerTrigger", options.maxFilesPerTrigger, 1, most, undefined),
    bytes: check.whole("maxBytesPerTrigger", options.maxBytesPerTrigger, 1, most, undefined),
  };
  if (limit.files !== undefined && limit.bytes !== undefined) throw badSourceSetting("`maxFilesPerTrigger` and `maxBytesPerTrigger` cannot both limit a batch", "keep one of them");
  const maxFileAge = check.duration("maxFileAge", options.maxFileAge, 0);
  const latestFirst = check.flag("latestFirst", options.latestFirst);
  return {
    path: check.text("path", options.path),
    encoding: usualEncoding(check.encoding("encoding", options.encoding)),
    maxRecordBytes: check.whole("maxRecordBytes", options.maxRecordBytes, 1, mostRecordBytes, defaultMaxRecordBytes),
    ignoreMissingFiles: check.flag("ignoreMissingFiles", options.ignoreMissingFiles),
    reread: check.flag("reread", options.reread, true),
    limit,
    latestFirst,
    // Behind the newest files the older ones wait their turn, however old they are (Spark does the same).
    maxFileAge: maxFileAge === undefined || (latestFirst && (limit.files ?? limit.bytes) !== undefined) ? undefined : maxFileAge / 1000,
    fileNameOnly: check.flag("fileNameOnly", options.fileNameOnly),
    cleaning: cleaningOf(options, check),
  };
}

/** Refuses an archive that the source's path could find again. Needs the machine, because paths may be relative. */
export function checkArchive(host: Host, { path, cleaning }: FileStreamSettings): void {
  if (cleaning?.archive === undefined || !overlapsSource(host, path, cleaning.archive)) return;
  throw badSourceSetting(`\`sourceArchiveDir\` ${cleaning.archive} and the source's path ${path} overlap: archived files could be read again`, "archive into a folder beside the source's");
}

/** Undefined for UTF-8, which needs no decoding. */
function usualEncoding(encoding: string | undefined): string | undefined {
  return encoding === undefined || new TextDecoder(encoding).encoding === "utf-8" ? undefined : encoding;
}

function cleaningOf({ cleanSource = "off", sourceArchiveDir }: FileSourceOptions, check: OptionCheck): FileStreamSettings["cleaning"] {
  if (cleanSource === "off") return undefined;
  if (cleanSource === "delete") return { archive: undefined };
  if (sourceArchiveDir === undefined || sourceArchiveDir === null) throw badSourceSetting('`cleanSource: "archive"` needs `sourceArchiveDir`', "say into which folder files are moved");
  return { archive: check.text("sourceArchiveDir", sourceArchiveDir) };
}
