import type { ExactInteger } from "./exact-integer.ts";

/** A decimal as plain digits with `scale` places behind the point, as Spark casts it to a string: `-0.50`. */
export function decimalText(value: ExactInteger, scale: number): string {
  const digits = String(value);
  if (scale === 0) return digits;
  const sign = digits.startsWith("-") ? "-" : "";
  const padded = digits.slice(sign.length).padStart(scale + 1, "0");
  return `${sign}${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
}
