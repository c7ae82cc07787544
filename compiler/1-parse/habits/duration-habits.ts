import { is, retag, type Token } from "../../../grammar/lexer.ts";
import * as t from "../../../grammar/tokens.ts";
import { durationUnits } from "../../../grammar/words.ts";
import { unexpectedToken, unknownDurationUnit } from "../../diagnostics/catalogue/syntax.ts";
import { nearest } from "../../diagnostics/did-you-mean.ts";
import { spanOf, type Habit } from "./habit.ts";

const abbreviations: Readonly<Record<string, string>> = {
  us: "microseconds", "µs": "microseconds", micros: "microseconds", msec: "ms", msecs: "ms", millis: "ms",
  s: "seconds", sec: "seconds", secs: "seconds", m: "minutes", min: "minutes", mins: "minutes", mn: "minutes",
  h: "hours", hr: "hours", hrs: "hours", d: "days", w: "weeks", wk: "weeks", wks: "weeks", mo: "months", mon: "months",
  y: "years", yr: "years", yrs: "years",
};
const others = new Set(["ns", "nanosecond", "nanoseconds", "fortnight", "fortnights", "quarter", "quarters", "decade", "decades"]);

/** The units as a user may write them, for a help. */
export const unitsHelp = "the units are `microseconds`, `ms`, `milliseconds`, `seconds`, `minutes`, `hours`, `days`, `weeks`, `months`, `years`";

/** `5m`, `5 mins`, `5 fortnights`, `1.5 hours` */
export const foreignUnit: Habit = (tokens, at) => {
  const [number, unit] = [tokens[at], tokens[at + 1]];
  if (number === undefined || unit === undefined || number.startLine !== unit.startLine) return undefined;
  if (!(is(number, t.Integer) || is(number, t.Decimal)) || !is(unit, t.Identifier)) return undefined;
  const meant = unitOf(unit.image);
  if (meant === undefined && !others.has(unit.image.toLowerCase())) return undefined;
  const replacement: Token = { ...retag(number, t.Duration), image: `1 ${meant ?? "day"}`, endOffset: unit.endOffset };
  const known = durationUnits.some((name) => name === unit.image || `${name}s` === unit.image);
  const span = spanOf(number, unit);
  if (is(number, t.Decimal)) {
    const diagnostic = unknownDurationUnit({ unit: `${number.image} ${unit.image}` }).at(span).labelled("a duration has a whole number");
    return { taken: 2, replacement: [replacement], diagnostic: diagnostic.helped("add up whole units: `1 hour 30 minutes`") };
  }
  if (known) return undefined;
  const diagnostic = unknownDurationUnit({ unit: unit.image }).at(spanOf(unit));
  const written = `${number.image} ${number.image === "1" ? meant?.replace(/([^m])s$/, "$1") : meant}`;
  return {
    taken: 2,
    replacement: [replacement],
    diagnostic: meant === undefined ? diagnostic.helped(unitsHelp) : diagnostic.note(unitsHelp).helped(`write \`${written}\``, { span, replacement: written }),
  };
};

/** A number at the end of a line and its unit on the next. */
export const brokenDuration: Habit = (tokens, at) => {
  const [number, unit] = [tokens[at], tokens[at + 1]];
  if (number === undefined || unit === undefined || number.startLine === unit.startLine || !is(number, t.Integer) || !is(unit, t.Identifier)) return undefined;
  if (!durationUnits.some((name) => name === unit.image || `${name}s` === unit.image)) return undefined;
  const written = `${number.image} ${unit.image}`;
  const replacement: Token = { ...retag(number, t.Duration), image: written, endOffset: unit.endOffset };
  const diagnostic = unexpectedToken({ expected: "a unit of time behind the number", found: "the end of the line", missing: true }).at({ start: number.endOffset + 1, end: number.endOffset + 1 });
  return { taken: 2, replacement: [replacement], diagnostic: diagnostic.helped(`write \`${written}\` on one line`, { span: spanOf(number, unit), replacement: written }) };
};

/** A duration in our spelling for one in another, such as `5 MINUTE` or `5 mins`. */
export function durationOf(text: string): string | undefined {
  const [, digits, word] = /^\s*(\d+)\s*(\S+)\s*$/.exec(text) ?? [];
  const unit = word === undefined ? undefined : unitOf(word);
  return digits === undefined || unit === undefined ? undefined : `${digits} ${unit}`;
}

function unitOf(word: string): string | undefined {
  const lower = word.toLowerCase();
  const plurals = durationUnits.map((unit) => (unit === "ms" ? unit : `${unit}s`));
  const short = Object.hasOwn(abbreviations, lower) ? abbreviations[lower] : undefined;
  return short ?? (lower.length < 3 ? undefined : nearest(lower, plurals));
}
