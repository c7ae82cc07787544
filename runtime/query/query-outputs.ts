import type { Sink } from "../connectors/sink.ts";
import { SluiceRuntimeError } from "../errors/runtime-error.ts";
import { allWait } from "./all-wait.ts";
import type { BatchContext } from "./batch-context.ts";
import type { BatchEnd, BatchListener } from "./batch-listener.ts";
import type { OutputDefinition } from "./definition.ts";
import { failureOf } from "./failure-of.ts";
import type { Output } from "./query-context.ts";
import { QueryOutput } from "./query-output.ts";

/** One sink, opened. */
interface OpenedOutput<Row> {
  readonly definition: OutputDefinition<Row>;
  readonly sink: Sink<Row>;
  readonly rows: QueryOutput<Row>;
  readonly listener: BatchListener<Row> | undefined;
}

/** A sink's part in a batch, for progress. */
export interface OutputCount {
  readonly name: string;
  readonly description: string;
  readonly numOutputRows: number;
}

/**
 * The sinks of a query, which begin, prepare and commit each batch one after the other. A crash between two commits is followed by
 * the same batch: the sinks that have it drop it, so none is ahead of another.
 */
export class QueryOutputs<Row> {
  readonly #all: readonly OpenedOutput<Row>[];

  private constructor(all: readonly OpenedOutput<Row>[]) {
    this.#all = all;
  }

  /** Opens the sinks in their order; where one cannot be opened, those before it are closed again. */
  static async open<Row>(
    definitions: readonly OutputDefinition<Row>[],
    openSink: (output: OutputDefinition<Row>) => Promise<Sink<Row>>,
    listenerOf: (output: OutputDefinition<Row>) => BatchListener<Row> | undefined,
  ): Promise<QueryOutputs<Row>> {
    const opened: OpenedOutput<Row>[] = [];
    try {
      for (const definition of definitions) {
        const sink = await openSink(definition);
        const listener = listenerOf(definition);
        opened.push({ definition, sink, rows: new QueryOutput(definition, sink, listener), listener });
      }
    } catch (error) {
      for (const { sink } of opened) await failureOf(() => sink.close());
      throw error;
    }
    return new QueryOutputs(opened);
  }

  /** Resolves when every sink is ready for the first batch; the side outputs are open, too. */
  async ready(): Promise<void> {
    for (const { sink } of this.#all) await sink.ready?.();
  }

  get first(): Output<Row> {
    const [first] = this.#all;
    if (first === undefined) throw new SluiceRuntimeError({ code: "R7905", what: "the module has a query without a sink", how: "build the job again; this is a bug of the compiler if it stays" });
    return first.rows;
  }

  get byName(): Readonly<Record<string, Output<Row>>> {
    return Object.fromEntries(this.#all.map(({ definition, rows }) => [definition.name, rows]));
  }

  /** Starts a batch; gives the descriptions of the sinks that have it already. */
  begin(batch: BatchContext): readonly string[] {
    return this.#all.flatMap(({ sink, rows }) => {
      const takes = sink.begin(batch);
      rows.begin(takes);
      return takes ? [] : [sink.description];
    });
  }

  /** Tells whoever listens that a batch begins. */
  announce(batch: BatchContext): void {
    for (const { listener } of this.#all) listener?.begin(batch);
  }

  /** What the changes of the batch come to is sent: all of them are there. */
  settle(): void {
    for (const { rows } of this.#all) rows.settle();
  }

  /** Whether a sink, or a listener that hears of rows before updates, is to be shown the result again after a restart. */
  get rebuilds(): boolean {
    return this.#all.some((output) => isRebuilt(output) || output.rows.remembers);
  }

  /** Shows those sinks their result once more, as `batch`: its rows are those of `run`, and nobody else is told of them. */
  async rebuild(batch: BatchContext, run: () => Promise<void>): Promise<void> {
    const rebuilt = this.#all.filter(isRebuilt);
    for (const { rows } of this.#all) rows.begin(false, true);
    for (const { sink, rows } of rebuilt) rows.begin(sink.begin(batch), true);
    await run();
    this.settle();
    for (const { sink } of rebuilt) {
      await sink.prepare(batch);
      await sink.commit(batch);
    }
  }

  /** What the reading waits for while a sink does not keep up. */
  pressure(): Promise<void> | undefined {
    return allWait(this.#all.map(({ sink }) => sink.pressure?.()));
  }

  /** Sends what was written, for the sinks that send before a batch ends; resolves when it is taken. */
  flush(): Promise<void> | undefined {
    return allWait(this.#all.map(({ sink }) => sink.flush?.()));
  }

  /** Gives the names of the files that the batch made. */
  async prepare(batch: BatchContext): Promise<readonly string[]> {
    const files: string[] = [];
    for (const { sink } of this.#all) files.push(...(await sink.prepare(batch)));
    return files;
  }

  /** Tells whoever listens that the batch is at its end; the rows are counted by sink. */
  conclude(end: Omit<BatchEnd, "outputRows">): void {
    for (const { listener, rows } of this.#all) listener?.end({ ...end, outputRows: rows.rows });
  }

  async commit(batch: BatchContext): Promise<void> {
    for (const { sink } of this.#all) await sink.commit(batch);
  }

  /** Rows of the running batch by sink. */
  get counts(): readonly OutputCount[] {
    return this.#all.map(({ definition, sink, rows }) => ({ name: definition.name, description: sink.description, numOutputRows: rows.rows }));
  }

  /** Closes every sink, whatever becomes of the others; throws the first failure. */
  async close(): Promise<void> {
    let first: Awaited<ReturnType<typeof failureOf>>;
    for (const { sink } of this.#all) {
      const failure = await failureOf(() => sink.close());
      first ??= failure;
    }
    if (first !== undefined) throw first.error;
  }
}

/** What is shown in append mode is what came since the start. */
function isRebuilt<Row>({ definition, sink }: OpenedOutput<Row>): boolean {
  return definition.mode !== "append" && sink.rebuilds === true;
}
