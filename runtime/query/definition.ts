import type { OutputMode, SinkColumn, SinkConnector } from "../connectors/sink.ts";
import type { SourceConnector } from "../connectors/source.ts";
import type { ColumnBatch, ReaderDefinition } from "../formats/column-batch.ts";
import type { JsonWriter } from "../formats/json-writer.ts";
import type { QueryContext } from "./query-context.ts";

/** The values of the job's params, fixed when the job starts. Values are in the runtime's representation. */
export type ParamValues = Readonly<Record<string, ParamValue>>;
export type ParamValue = string | number | bigint | boolean | null;

/** One param: how its text (`--param name=value`) is read, and what it is without one. */
export interface ParamDefinition {
  /** `string`, `int`, `long`, `double`, `boolean`, `timestamp`, `date`, `duration`, `decimal(p,s)`; `?` where it may be null. */
  readonly type: string;
  /** Absent: the param must be given. `env` reads a variable of the environment. */
  readonly default?: (env: (name: string) => string | undefined) => ParamValue;
}

export type TriggerDefinition =
  | { readonly kind: "asap" }
  /** Microseconds. */
  | { readonly kind: "every"; readonly interval: number }
  | { readonly kind: "once" }
  | { readonly kind: "available now" };

export type MalformedDefinition = "fail" | "drop" | "null" | { readonly into: string };

/** One read of an input by a query. */
export interface ReadDefinition<Columns> {
  /** The input's name in the job. */
  readonly input: string;
  readonly bounded: boolean;
  readonly connector: (params: ParamValues) => SourceConnector;
  readonly format: string;
  readonly reader: ReaderDefinition<Columns>;
  readonly malformed: MalformedDefinition;
}

/** What a read does with its batches; `begin` and `end` stand around a whole read of a table (or of one micro-batch). */
export interface ReadHandler<Columns> {
  begin?(): void;
  process(batch: ColumnBatch<Columns>): void;
  end?(): void;
}

/** What `build` gives: a handler for each read, in the order in which the reads run within a batch; then `finish`. */
export interface QueryProgram {
  readonly reads: Readonly<Record<string, ReadHandler<never> | ((batch: ColumnBatch<never>) => void)>>;
  /** After all reads of a batch: emits what stateful operators hold. */
  finish?(): void;
}

/** The static description of a query, made by emitted code. */
export interface QueryDefinition<Row> {
  readonly name: string;
  readonly mode: OutputMode;
  readonly trigger: (params: ParamValues) => TriggerDefinition;
  readonly checkpoint?: (params: ParamValues) => string;
  readonly reads: Readonly<Record<string, ReadDefinition<unknown>>>;
  readonly sink: (params: ParamValues) => SinkConnector;
  /** Whether a kept checkpoint is required (file and Kafka sinks). */
  readonly needsCheckpoint: boolean;
  readonly columns: readonly SinkColumn[];
  /** The columns that identify a row of the result in update mode. */
  readonly key?: readonly string[];
  /** Writes a row as one JSON object. */
  encodeJson(row: Row, out: JsonWriter): void;
  /** The emitter's description of the plan, for `explain`. */
  readonly plan: string;
  build(context: QueryContext<Row>): QueryProgram;
}

/** Where late or malformed rows of a job go. */
export interface SideOutputDefinition {
  readonly name: string;
  readonly sink: (params: ParamValues) => SinkConnector;
  readonly needsCheckpoint: boolean;
}

export interface JobSettings {
  readonly timezone: string;
  readonly statePartitions: number;
  readonly watermarkPolicy: "min" | "max";
  readonly noDataBatches: boolean;
  readonly compatibility: "sluice" | "spark";
}

/** All that an emitted module exports as `job`. */
export interface JobDefinition {
  readonly name: string;
  readonly settings: JobSettings;
  readonly params: Readonly<Record<string, ParamDefinition>>;
  readonly queries: readonly QueryDefinition<never>[];
  readonly sideOutputs: readonly SideOutputDefinition[];
}

/** Types a query: emitted code wraps its literal in it, so that a wrong module does not compile. */
export function defineQuery<Row>(definition: QueryDefinition<Row>): QueryDefinition<Row> {
  return definition;
}

export function defineJob(definition: JobDefinition): JobDefinition {
  return definition;
}
