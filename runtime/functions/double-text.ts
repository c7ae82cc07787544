/** A double as java.lang.Double.toString writes it, which is how Spark casts it: `1.0`, `1.0E10`, `1.0E-4`, `4.9E-324`, `NaN`. */
export function doubleText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return Object.is(value, -0) ? "-0.0" : "0.0";
  return javaText(value, shortestExponential(value));
}

/** A float as java.lang.Float.toString writes it: the fewest digits that still name the float. */
export function floatText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value === 0) return Object.is(value, -0) ? "-0.0" : "0.0";
  const shortest = shortestFloat(value);
  // As with doubles, Java takes two digits where one would do, and of those the nearest.
  return javaText(value, shortest.includes(".") ? shortest : value.toExponential(1));
}

/** The exponential form with the fewest digits that name a float (rounded to 32 bits): `1.1e+0`. The value is finite and not 0. */
export function shortestFloat(value: number): string {
  for (let digits = 0; digits < 8; digits++) {
    const text = value.toExponential(digits);
    if (Math.fround(Number(text)) === value) return text;
  }
  return value.toExponential(8);
}

/** Java takes at least two digits, and of those the nearest: `4.9E-324`, where one digit would do. */
function shortestExponential(value: number): string {
  const shortest = value.toExponential();
  return shortest.includes(".") ? shortest : value.toExponential(1);
}

function javaText(value: number, exponential: string): string {
  const [mantissa = "0", exponentText = "0"] = (value < 0 ? exponential.slice(1) : exponential).split("e");
  const exponent = Number(exponentText);
  const digits = mantissa.replace(".", "").replace(/0+$/, "");
  const sign = value < 0 ? "-" : "";
  if (exponent < -3 || exponent >= 7) return `${sign}${digits.slice(0, 1)}.${digits.slice(1) || "0"}E${exponent}`;
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  return `${sign}${whole}.${digits.slice(exponent + 1) || "0"}`;
}
