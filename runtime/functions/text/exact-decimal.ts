/** A number as sign and whole units of 10^−scale, without any rounding. */
export interface ExactDecimal {
  readonly isNegative: boolean;
  readonly units: bigint;
  readonly scale: number;
}

const bits = new DataView(new ArrayBuffer(8));

/** A finite double, every digit of it; −0.0 is negative. */
export function exactDouble(value: number): ExactDecimal {
  bits.setFloat64(0, value);
  const word = bits.getBigUint64(0);
  const exponent = Number((word >> 52n) & 0x7ffn);
  const fraction = word & 0xf_ffff_ffff_ffffn;
  const mantissa = exponent === 0 ? fraction : fraction | (1n << 52n);
  const power = Math.max(exponent, 1) - 1075;
  const isNegative = word >> 63n === 1n;
  if (power >= 0) return { isNegative, units: mantissa << BigInt(power), scale: 0 };
  return { isNegative, units: mantissa * 5n ** BigInt(-power), scale: -power };
}

/** An integer, or a decimal of a scale. */
export function exactInteger(value: number | bigint, scale: number): ExactDecimal {
  const whole = BigInt(value);
  return { isNegative: whole < 0n, units: whole < 0n ? -whole : whole, scale };
}

/** With so many places, ties to the even digit (java.math.RoundingMode.HALF_EVEN); never fewer digits are known than there were. */
export function roundedHalfEven(value: ExactDecimal, places: number): ExactDecimal {
  if (places >= value.scale) return { ...value, units: value.units * 10n ** BigInt(places - value.scale), scale: places };
  const divisor = 10n ** BigInt(value.scale - places);
  const quotient = value.units / divisor;
  const doubled = (value.units % divisor) * 2n;
  const up = doubled > divisor || (doubled === divisor && quotient % 2n === 1n);
  return { isNegative: value.isNegative, units: up ? quotient + 1n : quotient, scale: places };
}
