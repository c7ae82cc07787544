import type { Sink } from "../connectors/sink.ts";
import { SluiceRuntimeError } from "../errors/runtime-error.ts";
import type { MalformedRow } from "../formats/column-batch.ts";
import type { Host } from "../host/host.ts";
import type { BatchContext } from "./batch-context.ts";
import type { ParamValues, QueryDefinition, ReadDefinition } from "./definition.ts";
import { malformedColumns, malformedEncoder, type MalformedOutputRow } from "./malformed-rows.ts";
import { timeZone } from "../time/zone.ts";
import type { ConnectorServices } from "./open-sources.ts";

interface SideSink {
  readonly sink: Sink<MalformedOutputRow>;
  taking: boolean;
}

interface OpenOptions {
  readonly host: Host;
  /** Of the kept checkpoint; undefined where none is kept. */
  readonly checkpointId: string | undefined;
  readonly bounded: boolean;
  readonly params: ParamValues;
  warn(message: string): void;
}

/** The side outputs of one query: they take part in its batches, prepared and committed with its own sink. */
export class SideOutputs {
  readonly #sinks: ReadonlyMap<string, SideSink>;
  readonly #routes: (input: string) => boolean;

  private constructor(sinks: ReadonlyMap<string, SideSink>, routes: (input: string) => boolean) {
    this.#sinks = sinks;
    this.#routes = routes;
  }

  /** Opens those that the query's reads name. */
  static async open<Row>(definition: QueryDefinition<Row>, services: ConnectorServices, options: OpenOptions): Promise<SideOutputs> {
    const sinks = new Map<string, SideSink>();
    for (const { input, malformed } of Object.values(definition.reads)) {
      if (typeof malformed === "string" || sinks.has(malformed.into) || !services.routesMalformed(definition.name, input)) continue;
      const output = services.sideOutputs.find(({ name }) => name === malformed.into);
      if (output === undefined) throw new SluiceRuntimeError({ code: "R7902", what: `the module has no side output \`${malformed.into}\``, how: "build the job again; this is a bug of the compiler if it stays" });
      const sink = await output.sink(options.params).open<MalformedOutputRow>({
        host: options.host,
        queryName: `${definition.name}.${output.name}`,
        mode: "append",
        columns: malformedColumns,
        key: undefined,
        encodeJson: malformedEncoder(timeZone(services.timezone ?? "UTC")),
        durable: options.checkpointId !== undefined,
        ...(options.checkpointId === undefined ? {} : { checkpointId: options.checkpointId }),
        bounded: options.bounded,
        warn: options.warn,
        ...(services.tables === undefined ? {} : { tables: services.tables }),
      });
      sinks.set(output.name, { sink, taking: true });
    }
    return new SideOutputs(sinks, (input) => services.routesMalformed(definition.name, input));
  }

  /** Starts a batch; gives the descriptions of the sinks that have it already. */
  begin(batch: BatchContext): readonly string[] {
    for (const side of this.#sinks.values()) side.taking = side.sink.begin(batch);
    return [...this.#sinks.values()].flatMap(({ sink, taking }) => (taking ? [] : [sink.description]));
  }

  /** Puts a malformed record where its read says; `time` in microseconds. A record that is dropped, or that another query sends, goes nowhere. */
  take({ input, malformed }: ReadDefinition<unknown>, row: MalformedRow, time: number): void {
    if (typeof malformed === "string" || !this.#routes(input)) return;
    const side = this.#sinks.get(malformed.into);
    if (side?.taking === true) side.sink.write("+I", { raw: row.raw.slice(), error: row.error, source: row.source, position: row.position, time });
  }

  async prepare(batch: BatchContext): Promise<readonly string[]> {
    const files: string[] = [];
    for (const { sink } of this.#sinks.values()) files.push(...(await sink.prepare(batch)));
    return files;
  }

  async commit(batch: BatchContext): Promise<void> {
    for (const { sink } of this.#sinks.values()) await sink.commit(batch);
  }

  async close(): Promise<void> {
    for (const { sink } of this.#sinks.values()) await sink.close();
  }
}
