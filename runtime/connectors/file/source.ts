import { OptionCheck } from "../option-check.ts";
import type { SourceConnector, SourceContext } from "../source.ts";
import { VolatileLog } from "../volatile-log.ts";
import { FileStream } from "./file-stream.ts";
import { FileTable } from "./file-table.ts";

export interface FileSourceOptions {
  /** A file, a folder or a pattern; relative to the working directory. */
  readonly path: string;
  /** How texts are encoded, UTF-8 where it is not given. */
  readonly encoding?: string | null;
  /** Files of a batch. */
  readonly maxFilesPerTrigger?: number | bigint | null;
  /** Bytes of the longest line that is read, 256 MB where it is not given: a guard against input without line ends. */
  readonly maxRecordBytes?: number | bigint | null;
}

const defaultMaxRecordBytes = 256 * 1024 * 1024;
const mostRecordBytes = 1024 * 1024 * 1024;

/** Undefined for UTF-8, which needs no decoding. */
function usualEncoding(encoding: string | undefined): string | undefined {
  return encoding === undefined || new TextDecoder(encoding).encoding === "utf-8" ? undefined : encoding;
}

/** Files of records that end in line ends (JSON lines, text), as a stream or a table. */
export function fileSource(options: FileSourceOptions): SourceConnector {
  const check = new OptionCheck("source", "file");
  const path = check.text("path", options.path);
  const maxFilesPerTrigger = check.whole("maxFilesPerTrigger", options.maxFilesPerTrigger, 1, Number.MAX_SAFE_INTEGER, undefined);
  const encoding = usualEncoding(check.encoding("encoding", options.encoding));
  const maxRecordBytes = check.whole("maxRecordBytes", options.maxRecordBytes, 1, mostRecordBytes, defaultMaxRecordBytes);
  return {
    name: "file",
    openStream: async (context: SourceContext) => new FileStream(context, context.log ?? new VolatileLog(), { path, encoding, maxFilesPerTrigger, maxRecordBytes }),
    openTable: async (context: SourceContext) => new FileTable(context, path, encoding, maxRecordBytes),
  };
}
