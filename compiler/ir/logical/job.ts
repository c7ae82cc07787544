import type { Span } from "../../source/span.ts";
import type { Expr, ImportedRef } from "../expr/expr.ts";
import type { Shape } from "../types/shape.ts";
import type { DataType, Field } from "../types/data-type.ts";
import type { FormatOptions, Input, OptionValue } from "./input.ts";
import type { LogicalPlan } from "./plan.ts";

export type OutputMode = "append" | "update" | "complete";

export type Trigger =
  | { readonly kind: "asap" }
  /** Microseconds; a param's value is known only at start. */
  | { readonly kind: "every"; readonly interval: Expr }
  | { readonly kind: "once" }
  | { readonly kind: "available now" }
  /** Row by row; microseconds between two entries of the checkpoint. */
  | { readonly kind: "continuous"; readonly interval: Expr };

/** A param: read once when the job starts. `default` may call `env("NAME", default)` (a Call named `env`). */
export interface Param {
  readonly name: string;
  readonly type: DataType;
  readonly nullable: boolean;
  readonly default: Expr | undefined;
  readonly span: Span;
}

export interface SinkTarget {
  readonly connector: string;
  readonly options: readonly OptionValue[];
  readonly format: string | undefined;
  /** Options of the format, constants. */
  readonly formatOptions?: FormatOptions;
  /** How the registry of schemas is reached. */
  readonly registry?: readonly OptionValue[];
  /** Columns whose values say where a row goes; they leave the row. */
  readonly partitionBy?: readonly string[];
  /** The user's code that takes the rows. */
  readonly writer?: UserWriter;
  /** How a row becomes a message, for a sink of messages. */
  readonly message?: MessageParts;
  readonly span: Span;
}

/**
 * Parts of a message as expressions over the row of the result, found by their columns' names. A key or value that is no text and no bytes is
 * written as JSON. Absent: no key; the whole row in the sink's format; the sink's option; by the key; none.
 */
export interface MessageParts {
  /** Whether a message replaces the one of its key: a null in it is then written as JSON, because without a key nothing is replaced. */
  readonly isUpsert?: true;
  readonly key?: Expr;
  readonly value?: Expr;
  readonly topic?: Expr;
  readonly partition?: Expr;
  /** Columns of the row that parts are taken from and that are not written with it: the value has the others. */
  readonly unwritten?: readonly string[];
  /** Whether a key that is a text or bytes is written as JSON too: a null is then another key than the text `null`. */
  readonly isKeyJson?: true;
  /** An array of `{ key, value }`, a map of texts, or a record whose fields are headers. */
  readonly headers?: Expr;
}

/** A writer or function of the user's that a query's rows go to. */
export interface UserWriter {
  readonly ref: ImportedRef;
  /** For messages: `writer.process`. */
  readonly name: string;
  /** What it takes of a row: a record of columns, or the one column that there is. */
  readonly shape: Shape;
  /** Whether it takes the kinds of rows, and so is told of those that leave. */
  readonly kinds: boolean;
}

/** A sink with a pipeline: a query of its own, named after the sink; or, with sinks together, a part of the one query. Trigger and checkpoint are then those of all. */
export interface LogicalQuery {
  readonly name: string;
  readonly plan: LogicalPlan;
  readonly mode: OutputMode;
  readonly trigger: Trigger;
  readonly checkpoint: Expr | undefined;
  readonly sink: SinkTarget;
  readonly span: Span;
}

/** A sink without a pipeline: where late or malformed rows go. */
export interface SideOutput {
  readonly name: string;
  /** The columns of late rows, `late_by` and `step` last; absent where it takes malformed records, whose columns are the runtime's. */
  readonly late?: readonly Field[];
  readonly sink: SinkTarget;
  readonly span: Span;
}

/** Job-wide settings, with their defaults filled in. */
export interface JobOptions {
  readonly timezone: string;
  readonly statePartitions: number;
  readonly watermarkPolicy: "min" | "max";
  readonly noDataBatches: boolean;
  readonly compatibility: "sluice" | "spark";
  /** Whether each sink is a query of its own, or all are one. */
  readonly sinks: "separate" | "together";
}

/** A schema that was inferred from a sample when the job was compiled; fixed in the emitted module. */
export interface InferredSchema {
  readonly name: string;
  readonly format: string;
  /** As the job writes it, relative to the job's file. */
  readonly path: string;
  readonly fields: readonly Field[];
  readonly span: Span;
}

/** A checked file: everything that optimization, planning and emission need. */
export interface LogicalJob {
  /** The file's base name without its ending. */
  readonly name: string;
  readonly path: string;
  readonly options: JobOptions;
  readonly params: readonly Param[];
  /** What of the imports is called. */
  readonly functions: readonly ImportedRef[];
  readonly inferred: readonly InferredSchema[];
  readonly inputs: readonly Input[];
  readonly sideOutputs: readonly SideOutput[];
  readonly queries: readonly LogicalQuery[];
}
