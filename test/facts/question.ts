import type { DataType } from "../../compiler/ir/types/data-type.ts";
import type { RuntimeValue } from "../../runtime/functions/runtime-value.ts";

/** An expression that Sluice is asked to evaluate over rows: one row, or those that an aggregate takes in. */
export interface Question {
  /** In Sluice's syntax, on one line. */
  readonly text: string;
  /** What the expression reads; the names are of this question alone. */
  readonly columns: readonly { readonly name: string; readonly type: DataType }[];
  readonly rows: readonly (readonly RuntimeValue[])[];
  readonly isAggregate: boolean;
  /** The text is no expression but steps over the rows, the last of which gives the answer; `(table` stands for those rows again. */
  readonly isPipeline?: true;
  /** Whether it is likely to fail, and then not asked together with others. */
  readonly mayFail: boolean;
  /** The job's time zone; UTC unless given. */
  readonly timezone?: string;
}

/** What came of a question. */
export type Answer =
  | { readonly kind: "value"; readonly value: RuntimeValue; readonly type: DataType; readonly nullable: boolean }
  /** The run failed; `condition` is Spark's name of it where the row was at fault. */
  | { readonly kind: "failed"; readonly code: string; readonly condition: string | undefined; readonly message: string }
  /** Not compiled: the first diagnostic, or the one that says that something is not there yet. */
  | { readonly kind: "refused"; readonly code: string; readonly message: string }
  /** An error of ours, whatever Spark says. */
  | { readonly kind: "broken"; readonly message: string };
