

/** A duration in words: `5m`, `1h30m`, `250ms`. */
export function durationText(microseconds: number): string {
  if (microseconds === 0) return "0s";
  const units: readonly (readonly [name: string, size: number])[] = [["d", 86_400_000_000], ["h", 3_600_000_000], ["m", 60_000_000], ["s", 1_000_000], ["ms", 1000], ["µs", 1]];
  let rest = Math.abs(microseconds);
  let text = microseconds < 0 ? "-" : "";
  for (const [name, size] of units) {
    const count = Math.floor(rest / size);
    if (count > 0) text += `${count}${name}`;
    rest -= count * size;
  }
  return text;
}
