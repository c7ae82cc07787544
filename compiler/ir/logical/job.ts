import type { Span } from "../../source/span.ts";
import type { Expr, UserFunctionRef } from "../expr/expr.ts";
import type { DataType, Field } from "../types/data-type.ts";
import type { FormatOptions, Input, OptionValue } from "./input.ts";
import type { LogicalPlan } from "./plan.ts";

export type OutputMode = "append" | "update" | "complete";

export type Trigger =
  | { readonly kind: "asap" }
  /** Microseconds; a param's value is known only at start. */
  | { readonly kind: "every"; readonly interval: Expr }
  | { readonly kind: "once" }
  | { readonly kind: "available now" };

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
  /** Columns whose values say where a row goes; they leave the row. */
  readonly partitionBy?: readonly string[];
  readonly span: Span;
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
  readonly functions: readonly UserFunctionRef[];
  readonly inferred: readonly InferredSchema[];
  readonly inputs: readonly Input[];
  readonly sideOutputs: readonly SideOutput[];
  readonly queries: readonly LogicalQuery[];
}
