const units: readonly (readonly [name: string, size: number])[] = [
  ["day", 86_400_000_000],
  ["hour", 3_600_000_000],
  ["minute", 60_000_000],
  ["second", 1_000_000],
  ["ms", 1000],
  ["microsecond", 1],
];

/** A duration as the language writes it: `1 hour 30 minutes`, `250 ms`; one below zero with its sign before. */
export function durationWords(microseconds: number): string {
  if (microseconds === 0) return "0 seconds";
  if (microseconds < 0) return `-(${durationWords(-microseconds)})`;
  const words: string[] = [];
  let rest = microseconds;
  for (const [name, size] of units) {
    const count = Math.floor(rest / size);
    if (count > 0) words.push(`${count} ${name}${count === 1 || name === "ms" ? "" : "s"}`);
    rest -= count * size;
  }
  return words.join(" ");
}
