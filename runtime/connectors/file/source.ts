import { OptionCheck } from "../option-check.ts";
import type { SourceConnector, SourceContext } from "../source.ts";
import { VolatileLog } from "../volatile-log.ts";
import { FileStream } from "./file-stream.ts";
import { FileTable } from "./file-table.ts";

export interface FileSourceOptions {
  /** A file, a folder or a pattern; relative to the working directory. */
  readonly path: string;
  /** Files of a batch. */
  readonly maxFilesPerTrigger?: number | bigint | null;
  /** Bytes of the longest line that is read, 256 MB where it is not given: a guard against input without line ends. */
  readonly maxRecordBytes?: number | bigint | null;
}

const defaultMaxRecordBytes = 256 * 1024 * 1024;
const mostRecordBytes = 1024 * 1024 * 1024;

/** Files of records that end in line ends (JSON lines, text), as a stream or a table. */
export function fileSource(options: FileSourceOptions): SourceConnector {
  const check = new OptionCheck("source", "file");
  const path = check.text("path", options.path);
  const maxFilesPerTrigger = check.whole("maxFilesPerTrigger", options.maxFilesPerTrigger, 1, Number.MAX_SAFE_INTEGER, undefined);
  const maxRecordBytes = check.whole("maxRecordBytes", options.maxRecordBytes, 1, mostRecordBytes, defaultMaxRecordBytes);
  return {
    name: "file",
    openStream: async (context: SourceContext) => new FileStream(context, context.log ?? new VolatileLog(), { path, maxFilesPerTrigger, maxRecordBytes }),
    openTable: async (context: SourceContext) => new FileTable(context, path, maxRecordBytes),
  };
}
