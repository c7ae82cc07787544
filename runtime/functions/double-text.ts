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
  for (let digits = 2; digits < 9; digits++) {
    const text = value.toExponential(digits - 1);
    if (Math.fround(Number(text)) === value) return javaText(value, text);
  }
  return javaText(value, value.toExponential(8));
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
