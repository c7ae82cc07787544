import type { Sink, SinkConnector, SinkContext } from "../connectors/sink.ts";
import { JsonWriter } from "../formats/json-writer.ts";

/** What a sink outside of the process holds: the rows of each committed batch as JSON texts. */
export class CollectedRows {
  readonly #batches = new Map<string, readonly string[]>();

  /** `writer` tells apart the queries that write into it. */
  put(writer: string, batch: number, rows: readonly string[]): void {
    this.#batches.set(`${batch} ${writer}`, rows);
  }

  has(writer: string, batch: number): boolean {
    return this.#batches.has(`${batch} ${writer}`);
  }

  get rows(): readonly string[] {
    return [...this.#batches.values()].flat();
  }
}

/** A sink into `into`, which outlives the process as a system outside of it does: a batch that it has is not taken twice. */
export function collectingSink(into: CollectedRows): SinkConnector {
  return {
    name: "test",
    open: <Row>(context: SinkContext<Row>) => Promise.resolve(new CollectingSink(context, into)),
  };
}

class CollectingSink<Row> implements Sink<Row> {
  readonly description = "TestSink";
  readonly #context: SinkContext<Row>;
  readonly #into: CollectedRows;
  readonly #out = new JsonWriter();
  #rows: string[] = [];

  constructor(context: SinkContext<Row>, into: CollectedRows) {
    this.#context = context;
    this.#into = into;
  }

  begin({ id }: { readonly id: number }): boolean {
    this.#rows = [];
    return !this.#into.has(this.#context.queryName, id);
  }

  write(_kind: string, row: Row): void {
    this.#out.reset();
    this.#context.encodeJson(row, this.#out);
    this.#rows.push(new TextDecoder().decode(this.#out.view()));
  }

  prepare(): Promise<readonly string[]> {
    return Promise.resolve([]);
  }

  commit({ id }: { readonly id: number }): Promise<void> {
    if (!this.#into.has(this.#context.queryName, id)) this.#into.put(this.#context.queryName, id, this.#rows);
    return Promise.resolve();
  }

  abort(): Promise<void> {
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
