import type { MessageDefinition, OutputMode, SinkColumn, SinkConnector } from "../connectors/sink.ts";
import type { SourceConnector } from "../connectors/source.ts";
import type { RegistryOptions } from "../formats/registry-options.ts";
import type { ColumnBatch, ReaderDefinition } from "../formats/column-batch.ts";
import type { JsonWriter } from "../formats/json-writer.ts";
import type { ProgramContext, QueryContext, TogetherContext } from "./query-context.ts";
import type { Sharding } from "./sharding.ts";

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
  | { readonly kind: "available now" }
  /** Record by record; microseconds between two entries of the checkpoint. */
  | { readonly kind: "continuous"; readonly interval: number };

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
  /** How many uses of the input take what is read; its rows count as often (semantics U1). Once unless given. */
  readonly uses?: number;
  /** The registry of the writers' schemas, for a format that names them by id. */
  readonly registry?: (params: ParamValues) => RegistryOptions;
}

/** What a read does with its batches; `begin` and `end` stand around a whole read of a table (or of one micro-batch). */
export interface ReadHandler<Columns> {
  begin?(): void;
  process(batch: ColumnBatch<Columns>): void;
  /** Waited for, where something is called that takes its time. */
  end?(): void | Promise<void>;
}

/** What `build` gives: a handler for each read, in the order in which the reads run within a batch; then `finish`. */
export interface QueryProgram {
  readonly reads: Readonly<Record<string, ReadHandler<never> | ((batch: ColumnBatch<never>) => void)>>;
  /** After all reads of a batch: emits what stateful operators hold. Waited for, where something is called that takes its time. */
  finish?(): void | Promise<void>;
}

/** One sink of a query, and how its rows are written. */
export interface OutputDefinition<Row> {
  /** The sink's name in the job. */
  readonly name: string;
  readonly mode: OutputMode;
  readonly sink: (params: ParamValues) => SinkConnector;
  /** Whether a kept checkpoint is required (file and Kafka sinks). */
  readonly needsCheckpoint: boolean;
  readonly columns: readonly SinkColumn[];
  /** The columns that identify a row of the result in update mode. */
  readonly key?: readonly string[];
  /** Writes a row as one JSON object. */
  encodeJson(row: Row, out: JsonWriter): void;
  /** How a row becomes a message, for a sink that writes messages. */
  readonly message?: MessageDefinition<Row>;
}

/** What every query has, however many sinks. */
interface QueryParts {
  readonly name: string;
  readonly trigger: (params: ParamValues) => TriggerDefinition;
  readonly checkpoint?: (params: ParamValues) => string;
  readonly reads: Readonly<Record<string, ReadDefinition<unknown>>>;
  /** How it can be divided into shards with its state; absent where no source says how its rows are spread, or the state goes by something else. */
  readonly sharding?: Sharding;
  /** The emitter's description of the plan, for `explain`. */
  readonly plan: string;
}

/** The static description of a query, as `defineQuery` and `defineTogether` make it. */
export interface QueryDefinition<Row> extends QueryParts {
  /** At least one; they take part in the query's batches together. */
  readonly outputs: readonly OutputDefinition<Row>[];
  build(context: ProgramContext): QueryProgram;
}

/** A query of one sink, named after it. */
export interface QueryOfSink<Row> extends QueryParts, OutputDefinition<Row> {
  readonly name: string;
  build(context: QueryContext<Row>): QueryProgram;
}

/** A query of several sinks (`option sinks = "together"`), named after the job; `Rows` has the type of each sink's rows by its name. */
export interface QueryOfSinks<Rows> extends QueryParts {
  readonly sinks: { readonly [Name in keyof Rows]: Omit<OutputDefinition<Rows[Name]>, "name"> };
  build(context: TogetherContext<Rows>): QueryProgram;
}

/** Where late or malformed rows of a job go. */
export interface SideOutputDefinition {
  readonly name: string;
  /** The late rows that it takes; absent where it takes malformed records, whose columns are the runtime's. */
  readonly late?: { readonly columns: readonly SinkColumn[]; encodeJson(row: never, out: JsonWriter): void };
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

/** Makes a query of its literal: emitted code wraps it in this, so that a wrong module does not compile. */
export function defineQuery<Row>({ mode, sink, needsCheckpoint, columns, key, encodeJson, message, build, ...parts }: QueryOfSink<Row>): QueryDefinition<Row> {
  const output: OutputDefinition<Row> = { name: parts.name, mode, sink, needsCheckpoint, columns, ...(key === undefined ? {} : { key }), encodeJson, ...(message === undefined ? {} : { message }) };
  return { ...parts, outputs: [output], build: (context) => build(context) };
}

/** Makes a query of several sinks of its literal; a batch of it is committed when every sink has it. */
export function defineTogether<Rows extends object>({ sinks, build, ...parts }: QueryOfSinks<Rows>): QueryDefinition<never> {
  const outputs = Object.entries<Omit<OutputDefinition<never>, "name">>(sinks).map(([name, output]) => ({ name, ...output }));
  // The executor makes an output for each of the sinks.
  return { ...parts, outputs, build: (context) => build(context as TogetherContext<Rows>) };
}

export function defineJob(definition: JobDefinition): JobDefinition {
  return definition;
}
