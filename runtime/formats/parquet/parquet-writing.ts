import { ByteWriter, ParquetWriter } from "hyparquet-writer";
import type { ValueField } from "../value-type.ts";
import { schemaElements } from "./schema-elements.ts";
import { WrittenColumn } from "./written-column.ts";

export interface ParquetCompression {
  readonly codec: "UNCOMPRESSED" | "SNAPPY" | "GZIP" | "ZSTD";
  /** Of the codecs that are not the library's own. */
  readonly compress?: (bytes: Uint8Array) => Uint8Array;
}

/** Of a row group, by which readers skip and split. */
const mostRows = 65_536;
const mostBytes = 16 * 1024 * 1024;
const pageBytes = 256 * 1024;

/** Gathers the rows of one Parquet file and gives its bytes, a row group at a time. */
export class ParquetWriting {
  readonly #columns: readonly (ValueField & { readonly written: WrittenColumn })[];
  readonly #out = new ByteWriter();
  readonly #writer: ParquetWriter;
  #rows = 0;
  #gathered = 0;

  constructor(columns: readonly ValueField[], { codec, compress }: ParquetCompression) {
    this.#columns = columns.map((column) => ({ ...column, written: new WrittenColumn(column.type) }));
    this.#writer = new ParquetWriter({ writer: this.#out, schema: schemaElements(columns), codec, createdBy: "sluice", ...(compress === undefined ? {} : { compressors: { [codec]: compress } }) });
  }

  /** About how many bytes wait to be written. */
  get gathered(): number {
    return this.#gathered;
  }

  /** Whether what waits makes a row group. */
  get isFull(): boolean {
    return this.#rows >= mostRows || this.#gathered >= mostBytes;
  }

  /** Takes a row's values, in the order of the columns. */
  add(valueOf: (column: number) => unknown): void {
    for (let column = 0; column < this.#columns.length; column++) this.#gathered += this.#columns[column]?.written.add(valueOf(column)) ?? 0;
    this.#rows++;
  }

  /** The bytes of what waits, as a row group: a view that the next call changes. */
  rowGroup(): Uint8Array {
    if (this.#rows > 0) {
      // Without a flush of its own the writer has written when it returns.
      void this.#writer.write({
        columnData: this.#columns.map(({ name, written }) => ({ name, data: written.values, ...(written.hasNegativeZero ? { encoding: "PLAIN" as const } : {}) })),
        rowGroupSize: this.#rows,
        pageSize: pageBytes,
      });
      for (const { written } of this.#columns) written.clear();
      this.#rows = 0;
      this.#gathered = 0;
    }
    return this.#taken();
  }

  /** The bytes of the file's end. */
  finish(): Uint8Array {
    void this.#writer.finish();
    return this.#taken();
  }

  #taken(): Uint8Array {
    const bytes = this.#out.getBytes();
    this.#out.index = 0;
    return bytes;
  }
}
