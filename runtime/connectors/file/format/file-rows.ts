import type { Host } from "../../../host/host.ts";
import type { BatchContext } from "../../../query/batch-context.ts";
import type { RowKind, SinkContext } from "../../sink.ts";
import type { BatchParts } from "../batch-parts.ts";
import type { FileSinkOptions } from "../sink.ts";
import { EncodedRows } from "./encoded-rows.ts";
import type { PartContent } from "./part-content.ts";

/** The files of one batch, and how a row gets into them. */
export interface RowParts<Row> {
  readonly files: Omit<BatchParts<PartContent>, "write">;
  write(kind: RowKind, row: Row): void;
}

/** How a sink's rows become files. One object serves a sink, batch after batch. */
export interface FileRows<Row> {
  /** `json`, `csv.gz` … */
  readonly suffix: string;
  begin(host: Host, folder: string, batch: BatchContext): RowParts<Row>;
}

/** The members of a row: which go into its file, and which into the name of its folder. */
export interface RowLayout {
  /** Of all members, the row's kind first where there is a changelog. */
  readonly names: readonly string[];
  readonly inFile: readonly number[];
  readonly inFolder: readonly { readonly name: string; readonly column: number }[];
}

/** How rows become files in the sink's format. What a format needs of libraries is loaded here. */
export async function fileRows<Row>(context: SinkContext<Row>, options: FileSinkOptions): Promise<FileRows<Row>> {
  const { format = "json", partitionBy = [], changelog } = options;
  const names = [...(changelog === undefined ? [] : [changelog]), ...context.columns.map(({ name }) => name)];
  const numbers = names.map((_, column) => column);
  const layout: RowLayout = {
    names,
    inFile: numbers.filter((column) => !partitionBy.includes(names[column] ?? "")),
    inFolder: partitionBy.map((name) => ({ name, column: names.indexOf(name) })),
  };
  if (format === "avro") {
    const { avroRows } = await import("./avro-rows.ts");
    return avroRows(context, options, layout);
  }
  if (format !== "parquet") return new EncodedRows(context, options, format, layout);
  const { parquetRows } = await import("./parquet-rows.ts");
  return parquetRows(context, options, layout);
}
