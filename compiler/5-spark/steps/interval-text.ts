const units = [
  ["day", 86_400_000_000],
  ["hour", 3_600_000_000],
  ["minute", 60_000_000],
  ["second", 1_000_000],
  ["millisecond", 1000],
  ["microsecond", 1],
] as const;

/** A span as Spark reads it, exact, in the largest unit that gives a whole number: `90 seconds`. A day is 24 hours wherever Spark takes such a text. */
export function intervalText(microseconds: number): string {
  for (const [unit, size] of units) if (microseconds % size === 0 && microseconds !== 0) return `${microseconds / size} ${unit}${Math.abs(microseconds) === size ? "" : "s"}`;
  return "0 seconds";
}
