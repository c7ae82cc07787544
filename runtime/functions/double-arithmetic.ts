import { RowError } from "../errors/row-error.ts";

/** Division; a zero divisor is an error, for doubles too (Spark's ANSI Divide). */
export function divideDouble(left: number, right: number): number {
  if (right === 0) throw new RowError("DIVIDE_BY_ZERO", `${left} divided by zero`);
  return left / right;
}

/** The remainder, with the sign of the dividend; a zero divisor is an error. */
export function remainderDouble(left: number, right: number): number {
  if (right === 0) throw new RowError("REMAINDER_BY_ZERO", `remainder of ${left} by zero`);
  return left % right;
}

export function absDouble(value: number): number {
  return Math.abs(value);
}
