/** A number as the sum of two doubles, the second at most half a unit in the last place of the first: about 106 bits. */
export interface DoubleDouble {
  readonly high: number;
  readonly low: number;
}

export function doubleDouble(high: number, low = 0): DoubleDouble {
  return { high, low };
}

/** The sum of two doubles, exact (Knuth's two-sum). */
export function exactSum(a: number, b: number): DoubleDouble {
  const high = a + b;
  const part = high - a;
  return { high, low: a - (high - part) + (b - part) };
}

/** The product of two doubles, exact (Dekker's product with Veltkamp's split). */
export function exactProduct(a: number, b: number): DoubleDouble {
  const high = a * b;
  const [aHigh, aLow] = halves(a);
  const [bHigh, bLow] = halves(b);
  return { high, low: aLow * bLow - (high - aHigh * bHigh - aLow * bHigh - aHigh * bLow) };
}

export function addDoubles(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const highs = exactSum(a.high, b.high);
  const lows = exactSum(a.low, b.low);
  const sum = exactSum(highs.high, highs.low + lows.high);
  return exactSum(sum.high, sum.low + lows.low);
}

export function multiplyDoubles(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const product = exactProduct(a.high, b.high);
  return exactSum(product.high, product.low + (a.high * b.low + a.low * b.high));
}

export function divideDoubles(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const first = a.high / b.high;
  const rest = addDoubles(a, negated(multiplyDoubles(b, doubleDouble(first))));
  const second = rest.high / b.high;
  const more = addDoubles(rest, negated(multiplyDoubles(b, doubleDouble(second))));
  return addDoubles(exactSum(first, second), doubleDouble(more.high / b.high));
}

export function negated(value: DoubleDouble): DoubleDouble {
  return { high: -value.high, low: -value.low };
}

/** `value / 2^bits` as the nearest sum of two doubles. */
export function fromFixedPoint(value: bigint, bits: number): DoubleDouble {
  const high = Number(value);
  return exactSum(scaled(high, -bits), scaled(Number(value - BigInt(high)), -bits));
}

/** `value × 2^exponent`, in steps that neither overflow nor lose digits on the way. */
export function scaled(value: number, exponent: number): number {
  let result = value;
  for (let left = exponent; left !== 0; ) {
    const step = Math.max(-1000, Math.min(1000, left));
    result *= 2 ** step;
    left -= step;
  }
  return result;
}

function halves(value: number): readonly [high: number, low: number] {
  const shifted = value * 134_217_729;
  const high = shifted - (shifted - value);
  return [high, value - high];
}
