/** java.lang.StrictMath's e: its exponential of 1 is wrong in the last digit. */
const strictE = 2.7182818284590455;

/** Spark's `exp`: java.lang.StrictMath.exp. Engines have fdlibm's too, but mend its value for 1. */
export function exponential(value: number): number {
  return value === 1 ? strictE : Math.exp(value);
}

/** Spark's `cosh`; see `exponential`. */
export function hyperbolicCosine(value: number): number {
  return Math.abs(value) === 1 ? 0.5 * strictE + 0.5 / strictE : Math.cosh(value);
}

/** Spark's `tanh`: fdlibm's. */
export function hyperbolicTangent(value: number): number {
  const size = Math.abs(value);
  if (size < 2 ** -55 || Number.isNaN(value)) return value * (1 + value);
  const tangent = size >= 22 ? 1 : size >= 1 ? 1 - 2 / (Math.expm1(2 * size) + 2) : fromSmall(Math.expm1(-2 * size));
  return value < 0 ? -tangent : tangent;
}

function fromSmall(t: number): number {
  return -t / (t + 2);
}

/** Spark's `atanh`: the half difference of two logarithms. */
export function inverseTanh(value: number): number {
  return 0.5 * (Math.log1p(value) - Math.log1p(-value));
}
