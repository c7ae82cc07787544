import { RowError } from "../../errors/row-error.ts";
import { civilFromDays, dayOfTimestamp, dayOfYearOfDays, isoWeekdayOfDays, microsPerDay, microsPerSecond } from "../../time/civil.ts";
import type { TimeZone } from "../../time/time-zone.ts";
import { timeZone, utc, type ZoneId } from "../../time/zone.ts";
import { zoneName } from "../../time/zone-names.ts";
import { monthNames, quarterNames, shortMonthNames, shortWeekdayNames, weekdayNames } from "./names.ts";
import { offsetText } from "./offset-text.ts";
import { readPattern, type PatternItem } from "./pattern.ts";

/** A compiled pattern that prints timestamps. */
export interface TimestampFormat {
  /** The text of a timestamp (microseconds). */
  format(micros: number): string;
}

/** Compiles a pattern for Spark's `date_format`, in a time zone. A text that is no pattern is a `RowError`. */
export function timestampFormat(pattern: string, zone: TimeZone | ZoneId = utc): TimestampFormat {
  const at = timeZone(zone);
  const items = readPattern(pattern, "format");
  if ("problem" in items) throw new RowError("INVALID_PARAMETER_VALUE", `the pattern ${JSON.stringify(pattern)} ${items.problem}`);
  const plain = flatten(items);
  const printers = plain.map((item) => (item.kind === "field" ? fieldPrinter(item.letter, item.count, at) : () => item.text));
  // Beside an era the year counts from its beginning; else it is the proleptic one (DateTimeFormatterHelper turns `y` into `u`).
  const hasEra = plain.some((item) => item.kind === "field" && item.letter === "G");
  const printed = (micros: number): string => {
    const found = fieldsOf(micros, at);
    const fields = hasEra && found.year < 1 ? { ...found, year: 1 - found.year, isBeforeChrist: true } : found;
    let text = "";
    for (const print of printers) text += print(fields);
    return text;
  };
  const span = spanOf(plain);
  return span === undefined ? { format: printed } : new LastingFormat(printed, span, at);
}

/** The text of a pattern without fractions of seconds lasts for its smallest field: that of the time before is given again within it. */
class LastingFormat implements TimestampFormat {
  readonly #printed: (micros: number) => string;
  readonly #span: number;
  readonly #zone: TimeZone;
  /** When the last text began (local time), and the offset that it was made at. */
  #start = NaN;
  #offset = NaN;
  #text = "";

  constructor(printed: (micros: number) => string, span: number, zone: TimeZone) {
    this.#printed = printed;
    this.#span = span;
    this.#zone = zone;
  }

  format(micros: number): string {
    const offset = this.#zone.offsetAt(micros);
    const within = micros + offset - this.#start;
    if (!(within >= 0 && within < this.#span && offset === this.#offset)) {
      this.#start = Math.floor((micros + offset) / this.#span) * this.#span;
      this.#offset = offset;
      this.#text = this.#printed(micros);
    }
    return this.#text;
  }
}

/** Microseconds for which a text stays the same in local time at one offset; undefined where it changes with every one, or with the zone's name. */
function spanOf(items: readonly Plain[]): number | undefined {
  const letters = items.map((item) => (item.kind === "field" ? item.letter : ""));
  const has = (some: string): boolean => letters.some((letter) => letter !== "" && some.includes(letter));
  if (has("Sz")) return undefined;
  return has("s") ? microsPerSecond : has("m") ? 60 * microsPerSecond : has("akKhH") ? 3600 * microsPerSecond : microsPerDay;
}

/** A timestamp taken apart. */
interface Fields {
  readonly micros: number;
  readonly days: number;
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly micro: number;
  /** Microseconds east of UTC. */
  readonly offset: number;
  readonly isBeforeChrist: boolean;
}

type Printer = (fields: Fields) => string;
type Plain = Exclude<PatternItem, { readonly kind: "optional" }>;

/** Everything that may be missing is there in a timestamp, so optional parts are printed. */
function flatten(items: readonly PatternItem[]): readonly Plain[] {
  return items.flatMap((item) => (item.kind === "optional" ? flatten(item.items) : [item]));
}

function fieldsOf(micros: number, zone: TimeZone): Fields {
  const offset = zone.offsetAt(micros);
  const local = micros + offset;
  const days = dayOfTimestamp(local);
  const rest = local - days * microsPerDay;
  const seconds = Math.floor(rest / microsPerSecond);
  const { year, month, day } = civilFromDays(days);
  return {
    micros,
    days,
    year,
    month,
    day,
    hour: Math.floor(seconds / 3600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
    micro: rest - seconds * microsPerSecond,
    offset,
    isBeforeChrist: false,
  };
}

function fieldPrinter(letter: string, count: number, zone: TimeZone): Printer {
  switch (letter) {
    case "y":
      return count === 2 ? ({ year }) => digits(((year % 100) + 100) % 100, 2) : ({ year }) => yearDigits(year, count);
    case "M":
    case "L":
      if (count === 3) return ({ month }) => shortMonthNames[month - 1] ?? "";
      return count === 4 ? ({ month }) => monthNames[month - 1] ?? "" : ({ month }) => digits(month, count);
    case "Q":
    case "q":
      if (count === 3) return ({ month }) => `Q${quarter(month)}`;
      return count === 4 ? ({ month }) => quarterNames[quarter(month) - 1] ?? "" : ({ month }) => digits(quarter(month), count);
    case "d":
      return ({ day }) => digits(day, count);
    case "D":
      return ({ days }) => digits(dayOfYearOfDays(days), count);
    case "F":
      return ({ day }) => String(((day - 1) % 7) + 1);
    case "E":
      return ({ days }) => (count === 4 ? weekdayNames : shortWeekdayNames)[isoWeekdayOfDays(days) - 1] ?? "";
    case "G":
      return ({ isBeforeChrist }) => (count === 4 ? (isBeforeChrist ? "Before Christ" : "Anno Domini") : isBeforeChrist ? "BC" : "AD");
    case "a":
      return ({ hour }) => (hour < 12 ? "AM" : "PM");
    case "H":
      return ({ hour }) => digits(hour, count);
    case "k":
      return ({ hour }) => digits(hour === 0 ? 24 : hour, count);
    case "K":
      return ({ hour }) => digits(hour % 12, count);
    case "h":
      return ({ hour }) => digits(hour % 12 === 0 ? 12 : hour % 12, count);
    case "m":
      return ({ minute }) => digits(minute, count);
    case "s":
      return ({ second }) => digits(second, count);
    case "S":
      return ({ micro }) => `${digits(micro, 6)}000`.slice(0, count);
    case "V":
      return () => zone.id;
    case "z":
      return ({ micros }) => zoneName(zone, micros, count === 4);
    default:
      return ({ offset }) => offsetText(letter, count, offset);
  }
}

function quarter(month: number): number {
  return Math.ceil(month / 3);
}

/** With a plus where the digits are more than the four or more that the pattern asks for (java.time's SignStyle.EXCEEDS_PAD). */
function yearDigits(year: number, count: number): string {
  const text = digits(Math.abs(year), count);
  return year < 0 ? `-${text}` : count >= 4 && text.length > count ? `+${text}` : text;
}

function digits(value: number, count: number): string {
  return String(value).padStart(count, "0");
}
