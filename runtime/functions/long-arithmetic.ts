import { RowError } from "../errors/row-error.ts";
import { addExact, type ExactInteger, fitsLong, multiplyExact, negateExact, remainderExact, subtractExact } from "./exact-integer.ts";

// Spark's ANSI arithmetic on 64 bits, exact; operands and results are canonical longs.

export function addLong(left: ExactInteger, right: ExactInteger): ExactInteger {
  const sum = addExact(left, right);
  return fitsLong(sum) ? sum : longOverflow(`${left} + ${right}`);
}

export function subtractLong(left: ExactInteger, right: ExactInteger): ExactInteger {
  const difference = subtractExact(left, right);
  return fitsLong(difference) ? difference : longOverflow(`${left} - ${right}`);
}

export function multiplyLong(left: ExactInteger, right: ExactInteger): ExactInteger {
  const product = multiplyExact(left, right);
  return fitsLong(product) ? product : longOverflow(`${left} * ${right}`);
}

/** The remainder, with the sign of the dividend. */
export function remainderLong(left: ExactInteger, right: ExactInteger): ExactInteger {
  if (right === 0) throw new RowError("REMAINDER_BY_ZERO", `remainder of ${left} by zero`);
  return remainderExact(left, right);
}

export function negateLong(value: ExactInteger): ExactInteger {
  const negated = negateExact(value);
  return fitsLong(negated) ? negated : longOverflow(`-(${value})`);
}

export function absLong(value: ExactInteger): ExactInteger {
  return value < 0 ? negateLong(value) : value;
}

/** Throws the overflow of an operation on 64 bits, given as text. */
export function longOverflow(operation: string): never {
  throw new RowError("ARITHMETIC_OVERFLOW", `${operation} does not fit a long`);
}
