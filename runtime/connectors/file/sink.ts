import { joinPath } from "../../checkpoint/paths.ts";
import { shardFolder } from "../../query/shard.ts";
import { OptionCheck } from "../option-check.ts";
import type { Sink, SinkConnector, SinkContext } from "../sink.ts";
import { FileSink } from "./file-sink.ts";
import type { CsvRowOptions } from "./format/csv-rows.ts";
import { fileRows } from "./format/file-rows.ts";
import type { RowFormatName } from "./format/row-format.ts";
import { resolvePath } from "./path.ts";

export interface FileSinkOptions extends CsvRowOptions {
  /** A folder of the query's own; relative to the working directory. */
  readonly path: string;
  /** `json` where it is not given. */
  readonly format?: RowFormatName | "parquet" | "avro";
  /** Parquet takes `gzip`, `snappy` (where it is not given) and `zstd`, Avro `deflate` (where it is not given), `snappy` and `zstd`; of the others `gzip` makes archives. */
  readonly compression?: "none" | "gzip" | "deflate" | "snappy" | "zstd";
  /** The text of an Avro schema to write with; that of the columns where it is not given. */
  readonly schema?: string;
  /** Columns whose values name the folders that rows go into; they leave the rows. */
  readonly partitionBy?: readonly string[];
  /** Each batch is a new version of the whole result and takes the place of the one before. */
  readonly replace?: boolean;
  /** The name of a first column that says what a row is of a result in update mode: `+I`, `+U`, `-D`. */
  readonly changelog?: string;
  /** Microseconds after which a batch's files are no longer listed in the manifest, once it is compacted. */
  readonly retention?: number | bigint | null;
}

/** Files of JSON lines, CSV, text, Parquet or Avro, exactly once, with a manifest; with `replace` one file, the newest result; with `changelog` the changes of the result. Needs a kept checkpoint, but for a bounded run. */
export function fileSink(options: FileSinkOptions): SinkConnector {
  const check = new OptionCheck("sink", "file");
  const path = check.text("path", options.path);
  const retention = check.duration("retention", options.retention, 1);
  return {
    name: "file",
    async open<Row>(context: SinkContext<Row>): Promise<Sink<Row>> {
      // Each shard has a folder of its own, whose manifest it alone writes.
      const own = context.shard === undefined ? path : joinPath(path, shardFolder(context.shard));
      return new FileSink(context, { ...options, path: own, retention: retention ?? null }, resolvePath(context.host, own).replace(/(?<=[^/])\/+$/, ""), await fileRows(context, options));
    },
  };
}
