/** A `long`, or the scaled integer of a decimal, in canonical form: a number while safe, else a bigint. */
export type ExactInteger = number | bigint;

const maxSafe = BigInt(Number.MAX_SAFE_INTEGER);

/** The canonical form of any integer. */
export function canonicalInteger(value: bigint): ExactInteger {
  return value <= maxSafe && value >= -maxSafe ? Number(value) : value;
}

/** The canonical form of a number that holds a whole number exactly; −0 becomes 0. */
export function canonicalNumber(value: number): ExactInteger {
  return Number.isSafeInteger(value) ? value + 0 : BigInt(value);
}

// A sum or product of safe integers that comes out safe is exact: a rounded one is at least 2^53.

export function addExact(left: ExactInteger, right: ExactInteger): ExactInteger {
  if (typeof left === "number" && typeof right === "number") {
    const sum = left + right;
    if (Number.isSafeInteger(sum)) return sum;
  }
  return canonicalInteger(BigInt(left) + BigInt(right));
}

export function subtractExact(left: ExactInteger, right: ExactInteger): ExactInteger {
  if (typeof left === "number" && typeof right === "number") {
    const difference = left - right;
    if (Number.isSafeInteger(difference)) return difference;
  }
  return canonicalInteger(BigInt(left) - BigInt(right));
}

export function multiplyExact(left: ExactInteger, right: ExactInteger): ExactInteger {
  if (typeof left === "number" && typeof right === "number") {
    const product = left * right;
    if (Number.isSafeInteger(product)) return product + 0;
  }
  return canonicalInteger(BigInt(left) * BigInt(right));
}

export function negateExact(value: ExactInteger): ExactInteger {
  return typeof value === "number" ? 0 - value : canonicalInteger(-value);
}

/** The quotient without its fraction. The divisor is not zero. */
export function quotientExact(left: ExactInteger, right: ExactInteger): ExactInteger {
  if (typeof left === "number" && typeof right === "number") return (left - (left % right)) / right + 0;
  return canonicalInteger(BigInt(left) / BigInt(right));
}

/** The remainder, with the sign of the dividend. The divisor is not zero. */
export function remainderExact(left: ExactInteger, right: ExactInteger): ExactInteger {
  if (typeof left === "number" && typeof right === "number") return (left % right) + 0;
  return canonicalInteger(BigInt(left) % BigInt(right));
}

/** The quotient rounded half away from zero (java.math.RoundingMode.HALF_UP). The divisor is not zero. */
export function divideHalfUp(left: ExactInteger, right: ExactInteger): ExactInteger {
  if (typeof left === "number" && typeof right === "number") {
    const rest = left % right;
    const quotient = (left - rest) / right;
    const up = 2 * Math.abs(rest) >= Math.abs(right);
    return (up ? quotient + (left < 0 === right < 0 ? 1 : -1) : quotient) + 0;
  }
  const dividend = BigInt(left);
  const divisor = BigInt(right);
  const rest = dividend % divisor;
  const quotient = dividend / divisor;
  const up = 2n * (rest < 0n ? -rest : rest) >= (divisor < 0n ? -divisor : divisor);
  return canonicalInteger(up ? quotient + (dividend < 0n === divisor < 0n ? 1n : -1n) : quotient);
}

const powers: readonly ExactInteger[] = Array.from({ length: 80 }, (_, exponent) => canonicalInteger(10n ** BigInt(exponent)));

/** 10^exponent for a whole exponent ≥ 0, canonical. */
export function powerOfTen(exponent: number): ExactInteger {
  return powers[exponent] ?? 10n ** BigInt(exponent);
}

const minLong = -(2n ** 63n);
const maxLong = 2n ** 63n - 1n;

/** Whether an integer fits 64 bits. */
export function fitsLong(value: ExactInteger): boolean {
  return typeof value === "number" || (value >= minLong && value <= maxLong);
}

/** Whether a scaled integer has at most `precision` digits. */
export function fitsPrecision(value: ExactInteger, precision: number): boolean {
  if (typeof value === "number" && precision > 15) return true;
  const limit = powerOfTen(precision);
  return value < limit && value > -limit;
}
