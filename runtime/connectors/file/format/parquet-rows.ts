import { ParquetWriting, type ParquetCompression } from "../../../formats/parquet/parquet-writing.ts";
import type { ValueField } from "../../../formats/value-type.ts";
import type { Host } from "../../../host/host.ts";
import { OptionCheck } from "../../option-check.ts";
import type { SinkContext } from "../../sink.ts";
import { BatchParts } from "../batch-parts.ts";
import type { FileSinkOptions } from "../sink.ts";
import type { FileRows, RowLayout } from "./file-rows.ts";
import type { PartContent } from "./part-content.ts";
import { typedLayout } from "./typed-layout.ts";

/** A Parquet file: rows gathered column by column, a row group at a time. */
class ParquetContent implements PartContent {
  readonly writing: ParquetWriting;

  constructor(columns: readonly ValueField[], compression: ParquetCompression) {
    this.writing = new ParquetWriting(columns, compression);
  }

  get gathered(): number {
    return this.writing.gathered;
  }

  get isFull(): boolean {
    return this.writing.isFull;
  }

  flush(): Uint8Array {
    return this.writing.rowGroup();
  }

  finish(): Uint8Array {
    return this.writing.finish();
  }
}

/** Rows in Parquet files, with the types of the result's columns. */
export async function parquetRows<Row>(context: SinkContext<Row>, options: FileSinkOptions, layout: RowLayout): Promise<FileRows<Row>> {
  const compression = await compressionOf(new OptionCheck("sink", "file").word("compression", options.compression, codecs, "snappy"), context.host);
  const { changelog } = options;
  const kinds = changelog === undefined ? 0 : 1;
  const { columns, folderOf } = typedLayout(context, changelog, layout);
  const names = layout.inFile.map((column) => (column < kinds ? undefined : (layout.names[column] ?? "")));
  return {
    suffix: "parquet",
    begin: (host, folder, batch) => {
      const files = new BatchParts(host, folder, { content: () => new ParquetContent(columns, compression), suffix: "parquet" }, batch);
      return {
        files,
        write: (kind, row) => {
          const values: Readonly<Record<string, unknown>> = Object(row);
          files.write(folderOf(kind, row), ({ writing }) => writing.add((column) => {
            const name = names[column];
            return name === undefined ? kind : values[name];
          }));
        },
      };
    },
  };
}

const codecs = ["none", "gzip", "snappy", "zstd"] as const;

async function compressionOf(name: (typeof codecs)[number], host: Host): Promise<ParquetCompression> {
  switch (name) {
    case "none":
      return { codec: "UNCOMPRESSED" };
    case "snappy":
      return { codec: "SNAPPY" };
    case "gzip":
      return { codec: "GZIP", compress: (bytes) => host.compression.gzip(bytes) };
    case "zstd": {
      const { zstdCompressor } = await import("../../../formats/compression/zstd-codec.ts");
      return { codec: "ZSTD", compress: await zstdCompressor() };
    }
  }
}
