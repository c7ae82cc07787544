import type { Sink, SinkContext } from "../connectors/sink.ts";
import { SluiceRuntimeError } from "../errors/runtime-error.ts";
import type { MalformedRow } from "../formats/column-batch.ts";
import type { Host } from "../host/host.ts";
import { timeZone } from "../time/zone.ts";
import { allWait } from "./all-wait.ts";
import type { BatchContext } from "./batch-context.ts";
import type { ParamValues, QueryDefinition, ReadDefinition, SideOutputDefinition } from "./definition.ts";
import { failureOf } from "./failure-of.ts";
import { malformedColumns, malformedEncoder } from "./malformed-rows.ts";
import type { ConnectorServices } from "./open-sources.ts";
import type { SideOutputRows } from "./query-context.ts";
import type { Shard } from "./shard.ts";

interface SideOptions {
  readonly host: Host;
  /** Of the kept checkpoint; undefined where none is kept. */
  readonly checkpointId: string | undefined;
  /** The ids of the checkpoints that it was divided from. */
  readonly formerCheckpoints?: readonly string[];
  readonly bounded: boolean;
  readonly shard?: Shard | undefined;
  readonly params: ParamValues;
  /** What the newest commit says of the sinks (`SinkContext.noted`). */
  readonly noted: readonly string[];
  /** Fires when the query is interrupted in the middle of a batch. */
  readonly signal: AbortSignal;
  warn(message: string): void;
}

/** A side output that the query sends rows to; the emitter gave its rows and its columns the same type. */
interface Side {
  readonly definition: SideOutputDefinition;
  sink: Sink<never> | undefined;
  taking: boolean;
}

/**
 * The side outputs of one query, for malformed records or late rows: they take part in its batches, prepared and committed with its own
 * sinks. Those that its reads name are known from the start, those of its steps are named while the program is built; then they are opened.
 */
export class SideOutputs {
  readonly #definition: QueryDefinition<never>;
  readonly #services: ConnectorServices;
  readonly #options: SideOptions;
  readonly #sides = new Map<string, Side>();

  constructor(definition: QueryDefinition<never>, services: ConnectorServices, options: SideOptions) {
    this.#definition = definition;
    this.#services = services;
    this.#options = options;
    for (const { input, malformed } of Object.values(definition.reads)) {
      if (typeof malformed !== "string" && services.routesMalformed(definition.name, input)) this.#use(malformed.into);
    }
  }

  /** One that a step sends rows to. */
  rows<Row>(name: string): SideOutputRows<Row> {
    const side = this.#use(name);
    return { insert: (row) => put(side, row) };
  }

  /** One that a step sends malformed records to. */
  useForMalformed(name: string): void {
    this.#use(name);
  }

  /** What the reading waits for while one of them does not keep up. */
  pressure(): Promise<void> | undefined {
    return allWait([...this.#sides.values()].map(({ sink }) => sink?.pressure?.()));
  }

  /** Sends what was written, for the sinks that send before a batch ends. */
  flush(): Promise<void> | undefined {
    return allWait([...this.#sides.values()].map(({ sink }) => sink?.flush?.()));
  }

  /** Opens all that were named; R7609 where one needs the checkpoint that the query does not keep. */
  async open(): Promise<void> {
    for (const side of this.#sides.values()) side.sink = await this.#openSink(side.definition);
  }

  /** Resolves when every one is ready for the first batch. */
  async ready(): Promise<void> {
    for (const { sink } of this.#sides.values()) await sink?.ready?.();
  }

  #use(name: string): Side {
    const known = this.#sides.get(name);
    if (known !== undefined) return known;
    const definition = this.#services.sideOutputs.find((output) => output.name === name);
    if (definition === undefined) throw new SluiceRuntimeError({ code: "R7902", what: `the module has no side output \`${name}\``, how: "build the job again; this is a bug of the compiler if it stays" });
    const side: Side = { definition, sink: undefined, taking: false };
    this.#sides.set(name, side);
    return side;
  }

  async #openSink({ name, late, sink, needsCheckpoint }: SideOutputDefinition): Promise<Sink<never>> {
    const { host, checkpointId, formerCheckpoints, bounded, params, noted, shard, signal, warn } = this.#options;
    const { kafka, tables, timezone = "UTC" } = this.#services;
    if (needsCheckpoint && checkpointId === undefined && !bounded) {
      throw new SluiceRuntimeError({
        code: "R7609",
        what: `the query \`${this.#definition.name}\` needs a checkpoint: without one its side output \`${name}\` could not go on where it was`,
        how: 'add `checkpoint "DIR"` to the sink, or run with --checkpoint DIR (or --batch, over what is there now)',
      });
    }
    const shape: Pick<SinkContext<never>, "columns" | "encodeJson"> = late ?? { columns: malformedColumns, encodeJson: malformedEncoder(timeZone(timezone)) };
    return sink(params).open<never>({
      host,
      queryName: `${this.#definition.name}.${name}`,
      mode: "append",
      columns: shape.columns,
      key: undefined,
      encodeJson: shape.encodeJson,
      durable: checkpointId !== undefined,
      ...(checkpointId === undefined ? {} : { checkpointId }),
      ...(formerCheckpoints === undefined ? {} : { formerCheckpoints }),
      bounded,
      noted,
      signal,
      warn,
      ...(shard === undefined ? {} : { shard }),
      ...(tables === undefined ? {} : { tables }),
      ...(kafka === undefined ? {} : { kafka }),
    });
  }

  /** Starts a batch; gives the descriptions of the sinks that have it already. */
  begin(batch: BatchContext): readonly string[] {
    return this.#opened().flatMap(({ side, sink }) => {
      side.taking = sink.begin(batch);
      return side.taking ? [] : [sink.description];
    });
  }

  /** Puts a malformed record where its read says. A record that is dropped, or that another query sends, goes nowhere. */
  takeOf({ input, malformed }: ReadDefinition<unknown>, row: MalformedRow, time: number): void {
    if (typeof malformed !== "string" && this.#services.routesMalformed(this.#definition.name, input)) this.takeMalformed(malformed.into, row, time);
  }

  /** Puts a malformed record into the side output of that name; `time` in microseconds. */
  takeMalformed(name: string, { raw, error, source, position }: MalformedRow, time: number): void {
    const side = this.#sides.get(name);
    if (side?.taking === true) put(side, { raw: raw.slice(), error, source, position, time });
  }

  async prepare(batch: BatchContext): Promise<readonly string[]> {
    const files: string[] = [];
    for (const { sink } of this.#opened()) files.push(...(await sink.prepare(batch)));
    return files;
  }

  async commit(batch: BatchContext): Promise<void> {
    for (const { sink } of this.#opened()) await sink.commit(batch);
  }

  /** Closes every one, whatever becomes of the others; throws the first failure. */
  async close(): Promise<void> {
    let first: Awaited<ReturnType<typeof failureOf>>;
    for (const { sink } of this.#opened()) {
      const failure = await failureOf(() => sink.close());
      first ??= failure;
    }
    if (first !== undefined) throw first.error;
  }

  #opened(): readonly { readonly side: Side; readonly sink: Sink<never> }[] {
    return [...this.#sides.values()].flatMap((side) => (side.sink === undefined ? [] : [{ side, sink: side.sink }]));
  }
}

/** The row is of the type that the side output's definition is made for: one is emitted with the other. */
function put(side: Side, row: unknown): void {
  if (side.taking) side.sink?.write("+I", row as never);
}
