const sizes: { readonly [unit: string]: number } = { microsecond: 1, ms: 1000, millisecond: 1000, second: 1_000_000, minute: 60_000_000, hour: 3_600_000_000, day: 86_400_000_000, week: 604_800_000_000 };

/** The microseconds of a duration that a type names, as the language writes it: `1 hour 30 minutes`; undefined where it is none, or none above 0. Months have no fixed length. */
export function durationOfText(text: string): number | undefined {
  const parts = text.trim().split(/\s+/);
  if (parts.length % 2 !== 0) return undefined;
  let total = 0;
  for (let at = 0; at < parts.length; at += 2) {
    const [count, unit] = [parts[at] ?? "", parts[at + 1] ?? ""];
    const size = sizes[unit] ?? sizes[unit.replace(/s$/, "")];
    if (!/^\d+$/.test(count) || size === undefined) return undefined;
    total += Number(count) * size;
  }
  return total > 0 && Number.isSafeInteger(total) ? total : undefined;
}
