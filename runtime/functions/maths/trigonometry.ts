import { addDoubles, divideDoubles, doubleDouble, type DoubleDouble, fromFixedPoint, multiplyDoubles, negated } from "./double-double.ts";
import { reduceAngle } from "./quarter-turns.ts";

// Sines, cosines and tangents rounded correctly, whatever the engine's own are: java.lang.Math, which Spark asks, is correct
// but for a few cases in a thousand, and an engine's Math is wrong in the last digit more often.

/** Spark's `sin` of an angle in radians. */
export function sine(angle: number): number {
  if (!Number.isFinite(angle)) return NaN;
  if (Math.abs(angle) < 2 ** -27) return angle;
  const { quarter, rest } = reduceAngle(angle);
  const value = quarter % 2 === 0 ? series(rest, oddTerms, rest) : series(rest, evenTerms, one);
  return quarter < 2 ? value.high : -value.high;
}

/** Spark's `cos` of an angle in radians. */
export function cosine(angle: number): number {
  if (!Number.isFinite(angle)) return NaN;
  const { quarter, rest } = reduceAngle(angle);
  const value = quarter % 2 === 0 ? series(rest, evenTerms, one) : series(rest, oddTerms, rest);
  return quarter === 0 || quarter === 3 ? value.high : -value.high;
}

/** Spark's `tan` of an angle in radians. */
export function tangent(angle: number): number {
  if (!Number.isFinite(angle)) return NaN;
  if (Math.abs(angle) < 2 ** -27) return angle;
  const { quarter, rest } = reduceAngle(angle);
  const [sin, cos] = [series(rest, oddTerms, rest), series(rest, evenTerms, one)];
  return quarter % 2 === 0 ? divideDoubles(sin, cos).high : divideDoubles(negated(cos), sin).high;
}

const one = doubleDouble(1);
/** 1/n! for n = 3, 5 … and 2, 4 …, signs alternating: the series of the sine and of the cosine. */
const oddTerms = inverseFactorials(3);
const evenTerms = inverseFactorials(2);

function inverseFactorials(from: number): readonly DoubleDouble[] {
  const terms: DoubleDouble[] = [];
  let factorial = 1n;
  for (let n = 2n; n <= 29n; n++) {
    factorial *= n;
    if (Number(n) >= from && Number(n) % 2 === from % 2) terms.push(fromFixedPoint((terms.length % 2 === 0 ? -1n : 1n) * ((1n << 220n) / factorial), 220));
  }
  return terms;
}

/** `first × (1 + t₀x² + t₁x⁴ + …)`. */
function series(x: DoubleDouble, terms: readonly DoubleDouble[], first: DoubleDouble): DoubleDouble {
  const square = multiplyDoubles(x, x);
  let sum = doubleDouble(0);
  for (let at = terms.length - 1; at >= 0; at--) sum = multiplyDoubles(addDoubles(sum, terms[at] ?? sum), square);
  return addDoubles(first, multiplyDoubles(first, sum));
}
