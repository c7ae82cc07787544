import { addDoubles, doubleDouble, type DoubleDouble, exactProduct, exactSum, fromFixedPoint, negated } from "./double-double.ts";

/** An angle as a number of quarter turns and what is left, of a size of at most π/4. */
export interface ReducedAngle {
  /** 0, 1, 2 or 3: whole turns are left out. */
  readonly quarter: number;
  readonly rest: DoubleDouble;
}

// π/2 in three pieces of 33 bits, whose products with 20 bits are exact, and the rest.
const first = 1.5707963267341256;
const second = 6.077100506303966e-11;
const third = 2.0222662487111665e-21;
const fourth = 8.4784276603689e-32;
/** Up to here the number of quarter turns has 20 bits. */
const easy = 1_600_000;

/** Takes the quarter turns out of a finite angle in radians. */
export function reduceAngle(angle: number): ReducedAngle {
  if (Math.abs(angle) <= Math.PI / 4) return { quarter: 0, rest: doubleDouble(angle) };
  if (Math.abs(angle) > easy) return reduceLarge(angle);
  const turns = Math.round(angle / (Math.PI / 2));
  let rest = exactSum(angle - turns * first, -turns * second);
  rest = addDoubles(rest, doubleDouble(-turns * third));
  rest = addDoubles(rest, negated(exactProduct(turns, fourth)));
  return { quarter: ((turns % 4) + 4) % 4, rest };
}

/** Bits behind the point: the largest double has 1024 before it, and what is left of that needs as many behind it. */
const bits = 1260n;
let quarterTurn: bigint | undefined;

/** An angle of any size as a whole number of units of 2^-bits, so that nothing is lost. */
function reduceLarge(angle: number): ReducedAngle {
  quarterTurn ??= fixedPointPi() / 2n;
  const whole = Math.trunc(angle);
  const fixed = (BigInt(whole) << bits) + (BigInt((angle - whole) * 2 ** 53) << (bits - 53n));
  const turns = (2n * fixed + (fixed < 0n ? -quarterTurn : quarterTurn)) / (2n * quarterTurn);
  return { quarter: Number(((turns % 4n) + 4n) % 4n), rest: fromFixedPoint((fixed - turns * quarterTurn) >> (bits - 300n), 300) };
}

/** π by Machin's formula: 16 atan(1/5) − 4 atan(1/239). */
function fixedPointPi(): bigint {
  const guard = 32n;
  const one = 1n << (bits + guard);
  return (16n * inverseArcTangent(5n, one) - 4n * inverseArcTangent(239n, one)) >> guard;
}

/** `atan(1/divisor) × one`. */
function inverseArcTangent(divisor: bigint, one: bigint): bigint {
  let sum = 0n;
  let power = one / divisor;
  for (let odd = 1n; power !== 0n; odd += 2n) {
    sum += odd % 4n === 1n ? power / odd : -(power / odd);
    power /= divisor * divisor;
  }
  return sum;
}
