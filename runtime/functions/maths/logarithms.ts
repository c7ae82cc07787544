// Spark's logarithms: java.lang.StrictMath's, which engines of JavaScript have as well; null instead of −Infinity and NaN where
// the argument is not positive (Spark's UnaryLogExpression, Logarithm).

/** Spark's `ln` and `log` of one argument. */
export function naturalLog(value: number): number | null {
  return value <= 0 ? null : Math.log(value);
}

/** Spark's `log10`. */
export function decimalLog(value: number): number | null {
  return value <= 0 ? null : Math.log10(value);
}

/** Spark's `log2`: a quotient of natural logarithms, and so not always the nearest number. */
export function binaryLog(value: number): number | null {
  return value <= 0 ? null : Math.log(value) / Math.log(2);
}

/** Spark's `log1p`: ln(1 + value). */
export function logOfOnePlus(value: number): number | null {
  return value <= -1 ? null : Math.log1p(value);
}

/** Spark's `log(base, value)`. */
export function logToBase(base: number, value: number): number | null {
  return base <= 0 || value <= 0 ? null : Math.log(value) / Math.log(base);
}
