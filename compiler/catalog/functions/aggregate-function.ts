import type { Code } from "../../code/code.ts";
import type { LiteralValue } from "../../ir/expr/literal-value.ts";
import type { DataType } from "../../ir/types/data-type.ts";
import type { Operand, Resolution, Unresolved } from "./signature.ts";

/**
 * An aggregate function. Its state is one lane of the group table (runtime/operators/lanes); the emitted loop calls the lane
 * with values that are not null (rows whose argument is null, or for which `where` is not true, never reach it), unless
 * `takesNull` says so of an argument.
 */
export interface AggregateFunction {
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly summary: string;
  /**
   * Positions of arguments that are no values of the rows but settings of the lane (a percentage, `ignoreNulls`): constants. They
   * are handed to `lane` and `emitResult`, not to `emitAdd`.
   */
  readonly settings?: readonly number[];
  /** Whether the settings, converted to the types that `resolve` named, have values that may be. Positions are those of all arguments. */
  checkSettings?(settings: readonly LiteralValue[]): Unresolved | undefined;
  /** Whether a null of a row's argument (by its position among all arguments) reaches the lane. */
  takesNull?(argument: number, settings: readonly LiteralValue[]): boolean;
  /** The positions, among the arguments that rows have values for, of those that the lane is given; the others only must not be null. Absent: all. */
  readonly uses?: readonly number[];
  /** The one argument is a condition, and only rows for which it is true reach the lane: `count_if`. */
  readonly isCondition?: true;
  /** The result is the same with `distinct` as without. */
  readonly ignoresDuplicates?: true;
  /** The lane keeps every value of a group (or every different one): its state grows with the rows. */
  readonly keepsValues?: true;
  resolve(operands: readonly Operand[]): Resolution;
  /** The call of the runtime's lane factory: `count()`, `sumLong()`, `sumDecimal(20, 2)`. `args` are the types of all arguments. */
  lane(args: readonly DataType[], result: DataType, settings: readonly LiteralValue[]): Code;
  /**
   * The same where values may be taken back: a lane with `change(slot, weight, …values)` of which `emitResult` reads as of the other. Absent: the values are kept and the lane
   * is built from them anew (`retractable`).
   */
  changingLane?(args: readonly DataType[], result: DataType, settings: readonly LiteralValue[]): Code;
  /** `lane.add(slot, value)`. */
  emitAdd(lane: Code, slot: Code, args: readonly Code[]): Code;
  /** `lane.get(slot)`, in the representation of the result type; null where the result is null. */
  emitResult(lane: Code, slot: Code, settings: readonly LiteralValue[]): Code;
}
