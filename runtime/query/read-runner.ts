import type { Chunk, ColumnBatch, MalformedRow, Reader } from "../formats/column-batch.ts";
import type { SchemaRegistry } from "../formats/schema-registry.ts";
import { SluiceRuntimeError } from "../errors/runtime-error.ts";
import { recordExcerpt } from "../errors/record-excerpt.ts";
import { interruptible } from "./interruptible.ts";
import type { Host } from "../host/host.ts";
import type { QueryProgram, ReadDefinition, ReadHandler } from "./definition.ts";
import { longestTurn } from "./longest-turn.ts";
import type { RowPartitionCheck } from "./row-partition-check.ts";

/** Rows of one read of one batch. */
export interface ReadCounts {
  readonly rows: number;
  readonly malformed: number;
}

/** What a read runs within. */
export interface ReadSurroundings {
  onMalformed(row: MalformedRow): void;
  pressure(): Promise<void> | undefined;
  readonly registry: SchemaRegistry | undefined;
  readonly partitionCheck?: RowPartitionCheck | undefined;
}

/** Takes the chunks of one read through its reader and its handler in the query's program. */
export class ReadRunner {
  readonly name: string;
  readonly definition: ReadDefinition<unknown>;
  readonly #reader: Reader<unknown>;
  readonly #handler: ReadHandler<never>;
  readonly #host: Host;
  readonly #onMalformed: (row: MalformedRow) => void;
  readonly #pressure: () => Promise<void> | undefined;
  readonly #queryName: string;
  readonly #partitionCheck: RowPartitionCheck | undefined;

  /** `pressure`: what the reading waits for while a sink does not keep up; `registry`: where the reader looks up writers' schemas. */
  constructor(queryName: string, name: string, definition: ReadDefinition<unknown>, program: QueryProgram, host: Host, { onMalformed, pressure, registry, partitionCheck }: ReadSurroundings) {
    this.#partitionCheck = partitionCheck;
    this.#queryName = queryName;
    this.name = name;
    this.definition = definition;
    this.#host = host;
    this.#onMalformed = onMalformed;
    this.#pressure = pressure;
    this.#reader = definition.reader.create({ malformedAsNull: definition.malformed === "null", ...(registry === undefined ? {} : { registry }) });
    const handler = Object.hasOwn(program.reads, name) ? program.reads[name] : undefined;
    if (handler === undefined) throw new SluiceRuntimeError({ code: "R7901", what: `the module has no handler for the read ${name}`, how: "build the job again; this is a bug of the compiler if it stays" });
    this.#handler = typeof handler === "function" ? { process: handler } : handler;
  }

  /** Reads to the end of the chunks, or until the signal fires. */
  async run(chunks: AsyncIterable<Chunk>, signal: AbortSignal): Promise<ReadCounts> {
    let rows = 0;
    let malformed = 0;
    let turn = this.#host.clock.monotonic();
    this.#handler.begin?.();
    for await (const chunk of chunks) {
      signal.throwIfAborted();
      this.#host.fault("batch.chunk");
      const prepared = this.#reader.prepare?.(chunk);
      if (prepared !== undefined) await interruptible(prepared, signal);
      // The compiler gave the handler and the reader the same columns.
      const batch = this.#reader.read(chunk) as ColumnBatch<never>;
      const refused = chunk.malformed ?? [];
      rows += batch.rowsRead + refused.length;
      for (const row of refused) {
        malformed++;
        this.#takeMalformed(row);
      }
      for (const row of batch.malformed) {
        malformed++;
        this.#takeMalformed(row);
      }
      this.#partitionCheck?.check(chunk, batch);
      if (batch.length > 0) this.#handler.process(batch);
      const pressure = this.#pressure();
      if (pressure !== undefined) await interruptible(pressure, signal);
      if (this.#host.clock.monotonic() - turn >= longestTurn) {
        await this.#host.timers.yield();
        turn = this.#host.clock.monotonic();
      }
    }
    const ended = this.#handler.end?.();
    if (ended instanceof Promise) await interruptible(ended, signal);
    return { rows: rows * (this.definition.uses ?? 1), malformed };
  }

  #takeMalformed(row: MalformedRow): void {
    const { malformed } = this.definition;
    if (row.failure !== undefined && (malformed === "fail" || malformed === "null")) throw row.failure;
    if (malformed === "fail") {
      throw new SluiceRuntimeError({
        code: "R7212",
        what: `a record of \`${this.definition.input}\` is malformed: ${row.error}`,
        where: `query ${this.#queryName}, ${row.source}, ${row.position}: ${recordExcerpt(row.raw)}`,
        how: 'say where such records go: `malformed: "drop"`, `malformed: "null"`, or the name of a side output; mending the input helps only where no checkpoint is kept, because a batch is run again with the records that it had',
      });
    }
    this.#onMalformed(row);
  }
}
