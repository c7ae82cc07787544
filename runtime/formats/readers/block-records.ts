import type { Block } from "../block-format.ts";
import type { Chunk, ReaderContext } from "../column-batch.ts";
import { RowRecords } from "./row-records.ts";

/** Rows that were decoded with their file: Parquet, Avro's container files. */
export class BlockRecords extends RowRecords {
  readonly #fields: ReadonlyMap<string, number>;

  /** `fields`: the names of the block's columns, in their order. */
  constructor(context: ReaderContext, fields: readonly string[]) {
    super(context);
    this.#fields = new Map(fields.map((name, at) => [name, at]));
  }

  protected count(chunk: Chunk): number {
    return chunk.block?.rows ?? 0;
  }

  protected read(at: number, row: number): string | undefined {
    const { columns, malformed } = this.#block;
    const problem = malformed?.get(at);
    if (problem !== undefined) return problem;
    for (const { name, lane } of this.lanes) lane.put(row, columns[this.#fields.get(name) ?? -1]?.[at] ?? null);
    return undefined;
  }

  /** The row's values as JSON-like text: its bytes lie spread over the file. */
  protected raw(at: number): Uint8Array {
    const { columns } = this.#block;
    const values = [...this.#fields].map(([name, field]) => `${JSON.stringify(name)}:${shown(columns[field]?.[at])}`);
    return new TextEncoder().encode(`{${values.join(",")}}`);
  }

  protected place(at: number): string {
    return `row ${this.#block.first + at}`;
  }

  get #block(): Block {
    return this.chunk.block ?? { rows: 0, columns: [], first: 0 };
  }
}

function shown(value: unknown): string {
  if (value === undefined) return "null";
  return JSON.stringify(value, (_key, inner: unknown) => (typeof inner === "bigint" ? String(inner) : inner instanceof Map ? [...inner] : inner instanceof Uint8Array ? Buffer.from(inner).toString("base64") : inner)) ?? "null";
}
