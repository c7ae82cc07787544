import { daysFromCivil, daysInMonth, isHoldable, isLeapYear, microsPerDay, microsPerSecond } from "../../time/civil.ts";
import type { TimeZone } from "../../time/time-zone.ts";
import { timeZone, type ZoneId } from "../../time/zone.ts";

/** The fields that a text can set, under the letters of the pattern (`L` counts as `M`). */
export type FieldLetter = "y" | "M" | "d" | "D" | "H" | "h" | "K" | "k" | "a" | "m" | "s" | "S";

/** The ranges of the fields (java.time.temporal.ChronoField); `S` is in microseconds. */
const ranges: Readonly<Record<FieldLetter, readonly [number, number]>> = {
  y: [0, 9999], M: [1, 12], d: [1, 31], D: [1, 366], H: [0, 23], h: [1, 12], K: [0, 11], k: [1, 24], a: [0, 1], m: [0, 59], s: [0, 59], S: [0, 999_999],
};

/** What was read so far, and the timestamp that it amounts to. */
export class ParsedFields {
  readonly #values = new Map<FieldLetter, number>();
  #zone: ZoneId | undefined;
  #isBeforeChrist = false;

  /** False where the value is out of range, or another was read before. */
  set(letter: FieldLetter, value: number): boolean {
    const [low, high] = ranges[letter];
    if (value < low || value > high) return false;
    const before = this.#values.get(letter);
    this.#values.set(letter, value);
    return before === undefined || before === value;
  }

  setZone(zone: ZoneId): boolean {
    const before = this.#zone;
    this.#zone = zone;
    return before === undefined || before === zone;
  }

  /** The year counts backwards from 1 BC, which is the year 0. */
  setBeforeChrist(): true {
    this.#isBeforeChrist = true;
    return true;
  }

  copy(): ParsedFields {
    const copy = new ParsedFields();
    copy.take(this);
    return copy;
  }

  take(other: ParsedFields): void {
    for (const [letter, value] of other.#values) this.#values.set(letter, value);
    this.#zone = other.#zone;
    this.#isBeforeChrist = other.#isBeforeChrist;
  }

  /** Microseconds since the epoch; null where the fields are no date, contradict each other, or cannot be held exactly. */
  resolve(zone: TimeZone): number | null {
    const days = this.#days();
    const seconds = this.#secondsOfDay();
    if (days === null || seconds === null) return null;
    const micro = this.#values.get("S") ?? 0;
    if (!isHoldable(days * 86_400 + seconds, micro)) return null;
    return (this.#zone === undefined ? zone : timeZone(this.#zone)).instantOf(days * microsPerDay + seconds * microsPerSecond + micro);
  }

  #days(): number | null {
    const written = this.#values.get("y");
    const year = written !== undefined && this.#isBeforeChrist ? 1 - written : written;
    const month = this.#values.get("M");
    const day = this.#values.get("d");
    const dayOfYear = this.#values.get("D");
    if (year !== undefined && dayOfYear !== undefined) {
      if (dayOfYear === 366 && !isLeapYear(year)) return null;
      const days = daysFromCivil(year, 1, 1) + dayOfYear - 1;
      const contradicts = (month !== undefined || day !== undefined) && days !== daysFromCivil(year, month ?? 1, day ?? 1);
      return contradicts ? null : days;
    }
    if ((day ?? 1) > daysInMonth(year ?? 1970, month ?? 1)) return null;
    return daysFromCivil(year ?? 1970, month ?? 1, day ?? 1);
  }

  #secondsOfDay(): number | null {
    const clock = this.#values.get("h");
    const half = this.#values.get("a");
    const ofHalf = this.#values.get("K") ?? (clock === undefined ? undefined : clock % 12);
    const hours = [
      this.#values.get("H"),
      this.#values.has("k") ? (this.#values.get("k") ?? 0) % 24 : undefined,
      ofHalf === undefined ? undefined : ofHalf + (half === 1 ? 12 : 0),
    ].filter((hour) => hour !== undefined);
    if (hours.some((hour) => hour !== hours[0])) return null;
    const hour = hours[0] ?? (half === 1 ? 12 : 0);
    return hour * 3600 + (this.#values.get("m") ?? 0) * 60 + (this.#values.get("s") ?? 0);
  }
}
