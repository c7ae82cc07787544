// How java.util.Formatter writes a double: it rounds the shortest decimal digits that name it, ties away from zero.

/** The size of a finite double with so many places behind the point (`%f`). */
export function fixedPlaces(size: number, places: number): string {
  const { digits, exponent } = shortest(size);
  const rounded = roundedHalfUp(digits, exponent + 1 + places);
  const scaled = (rounded.digits + "0".repeat(Math.max(0, exponent + 1 + places - digits.length))).padStart(places + 1, "0");
  const whole = scaled.slice(0, scaled.length - places);
  return places === 0 ? whole : `${whole}.${scaled.slice(-places)}`;
}

/** The size of a finite double with an exponent of at least two digits (`%e`). */
export function scientificPlaces(size: number, places: number): string {
  const { digits, exponent } = shortest(size);
  const rounded = roundedHalfUp(digits, places + 1);
  const carried = rounded.digits.length > Math.min(digits.length, places + 1);
  const power = size === 0 ? 0 : exponent + (carried ? 1 : 0);
  const mantissa = rounded.digits.padEnd(places + 1, "0").slice(0, places + 1);
  const point = places === 0 ? "" : ".";
  return `${mantissa.slice(0, 1)}${point}${mantissa.slice(1)}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}

/** The size of a finite double in the shorter of both forms (`%g`). */
export function generalPlaces(size: number, precision: number): string {
  const digits = precision === 0 ? 1 : precision;
  if (size !== 0 && (Number(scientificPlaces(size, digits - 1)) < 1e-4 || Number(scientificPlaces(size, digits - 1)) >= 10 ** digits)) return scientificPlaces(size, digits - 1);
  const power = size === 0 ? 0 : Number(scientificPlaces(size, digits - 1).split("e")[1]);
  return fixedPlaces(size, Math.max(0, digits - 1 - power));
}

/** Digits without leading zeros, and the power of ten of the first. */
function shortest(size: number): { readonly digits: string; readonly exponent: number } {
  const [mantissa = "0", power = "0"] = size.toExponential().split("e");
  return { digits: mantissa.replace(".", ""), exponent: Number(power) };
}

/** The first `count` digits, ties up; one digit more where a carry makes one. */
function roundedHalfUp(digits: string, count: number): { readonly digits: string } {
  if (count >= digits.length) return { digits };
  if (count < 0) return { digits: "" };
  const kept = BigInt(`0${digits.slice(0, count)}`);
  const up = digits.charCodeAt(count) >= 53;
  const text = String(up ? kept + 1n : kept);
  return { digits: count === 0 ? (up ? "1" : "") : text.padStart(count, "0") };
}
