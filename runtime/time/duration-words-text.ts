import { microsPerDay, microsPerHour, microsPerMinute, microsPerSecond } from "./civil.ts";

const units: ReadonlyMap<string, number> = new Map([
  ["microsecond", 1],
  ["ms", 1000],
  ["millisecond", 1000],
  ["second", microsPerSecond],
  ["minute", microsPerMinute],
  ["hour", microsPerHour],
  ["day", microsPerDay],
  ["week", 7 * microsPerDay],
]);

/** A duration as the language writes it (`5 minutes`, `1 hour 30 minutes`, `250 ms`) in microseconds; null for another text, and where a double does not hold it. */
export function readDurationWords(text: string): number | null {
  const words = text.trim().split(/[ \t]+/);
  if (words.length % 2 !== 0) return null;
  let micros = 0;
  for (let at = 0; at < words.length; at += 2) {
    const [count = "", word = ""] = words.slice(at, at + 2);
    const unit = units.get(word) ?? (word.length > 3 ? units.get(word.replace(/s$/, "")) : undefined);
    if (unit === undefined || !/^[0-9]+$/.test(count)) return null;
    micros += Number(count) * unit;
  }
  return Number.isSafeInteger(micros) ? micros : null;
}
