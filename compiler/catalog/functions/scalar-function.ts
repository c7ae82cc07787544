import type { Code } from "../../code/code.ts";
import type { Volatility } from "../../ir/expr/expr.ts";
import type { LiteralValue } from "../../ir/expr/literal-value.ts";
import type { DataType } from "../../ir/types/data-type.ts";
import type { Operand, Resolution } from "./signature.ts";

/** An argument during emission: code for its value, and whether that value may be null. */
export interface EmittedArgument {
  readonly code: Code;
  readonly nullable: boolean;
  readonly type: DataType;
  readonly constant: { readonly value: LiteralValue } | undefined;
}

/** What emission offers to a function. */
export interface EmitServices {
  /** A constant at the top of the module (a compiled pattern, a formatter): made once, named after `hint`; equal values share one. */
  constant(hint: string, value: Code): Code;
  /** A fresh name for a parameter of an arrow function, as near to the hint as can be. */
  localName(hint: string): Code;
  /** The batch's timestamp in microseconds. */
  readonly batchTimestamp: Code;
  /** The batch itself, which random values are drawn for. */
  readonly batch: Code;
  /** The id of the job's time zone. */
  readonly timezone: string;
}

/** A built-in function or operator: how it is typed, what null does to it, and the code it becomes. */
export interface ScalarFunction {
  /** As written in the job (`lower`), or the operator's symbol (`+`, `is null`). */
  readonly name: string;
  readonly aliases?: readonly string[];
  /** One sentence for the reference, with the source of the rule where it is not obvious. */
  readonly summary: string;
  readonly volatility: Volatility;
  resolve(operands: readonly Operand[]): Resolution;
  /**
   * `propagate`: null if any argument is null; `emit` then sees only values that are not null.
   * `custom`: `emit` deals with nulls itself (arguments say whether they may be null).
   */
  readonly nulls: "propagate" | "custom";
  /**
   * Whether it may fail the row (overflow, bad index, bad format) on arguments of these types. Optimizer rules ask. `constants` says
   * which arguments are literals: a constant pattern has been checked when the call was resolved.
   */
  canFail(args: readonly DataType[], result: DataType, constants?: readonly (EmittedArgument["constant"])[]): boolean;
  /** An expression; kernels are reached by `runtime("name")`. Arguments may be spliced more than once only if `isSimple(code)`. */
  emit(args: readonly EmittedArgument[], result: DataType, services: EmitServices): Code;
}
