import { RowError } from "../errors/row-error.ts";

// Spark's ANSI arithmetic on 32 bits (Math.addExact and its kin). A result is never −0.

export function addInt(left: number, right: number): number {
  const sum = left + right;
  return sum === (sum | 0) ? sum : intOverflow(`${left} + ${right}`);
}

export function subtractInt(left: number, right: number): number {
  const difference = left - right;
  return difference === (difference | 0) ? difference : intOverflow(`${left} - ${right}`);
}

export function multiplyInt(left: number, right: number): number {
  const product = left * right;
  return product === (product | 0) ? product + 0 : intOverflow(`${left} * ${right}`);
}

/** The remainder, with the sign of the dividend. */
export function remainderInt(left: number, right: number): number {
  if (right === 0) throw new RowError("REMAINDER_BY_ZERO", `remainder of ${left} by zero`);
  return (left % right) + 0;
}

export function negateInt(value: number): number {
  return value === -2_147_483_648 ? intOverflow(`-(${value})`) : 0 - value;
}

export function absInt(value: number): number {
  return value === -2_147_483_648 ? intOverflow(`abs(${value})`) : Math.abs(value);
}

/** Throws the overflow of an operation on 32 bits, given as text. */
export function intOverflow(operation: string): never {
  throw new RowError("ARITHMETIC_OVERFLOW", `${operation} does not fit an int`);
}
