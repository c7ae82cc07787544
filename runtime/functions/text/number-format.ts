import { RowError } from "../../errors/row-error.ts";
import { decimalText } from "../decimal-text.ts";
import { canonicalInteger, type ExactInteger } from "../exact-integer.ts";
import { type NumberPattern, type NumberToken, readNumberPattern } from "./number-pattern.ts";

/** Reads and writes decimals by a pattern of `to_number` and `to_char` (Spark's ToNumberParser). */
export interface NumberFormat {
  readonly pattern: NumberPattern;
}

/** The format of a pattern; one that is none is a `RowError`. */
export function numberFormat(text: string): NumberFormat {
  const pattern = readNumberPattern(text);
  if ("problem" in pattern) throw new RowError("INVALID_FORMAT", `the number pattern ${JSON.stringify(text)} ${pattern.problem}`);
  return { pattern };
}

/** Spark's `to_number`: a decimal of the pattern's precision and scale; a text that does not fit is a `RowError`. */
export function numberFromText(text: string, format: NumberFormat): ExactInteger {
  const value = tryNumberFromText(text, format);
  if (value === null) throw new RowError("INVALID_FORMAT", `${JSON.stringify(text)} does not fit the number pattern ${JSON.stringify(format.pattern.text)}; try_to_number gives null for it`);
  return value;
}

/** `numberFromText` that gives null where the text does not fit (`try_to_number`). */
export function tryNumberFromText(text: string, { pattern }: NumberFormat): ExactInteger | null {
  let at = 0;
  let isNegative = false;
  let opened = false;
  let afterPoint = false;
  let [whole, places] = ["", ""];
  for (const token of pattern.tokens) {
    const character = text.charAt(at);
    switch (token.kind) {
      case "digits": {
        const run = /^[\d\s,]*/.exec(text.slice(at))?.[0] ?? "";
        const groups = run.split(",").map((group) => group.replace(/\s+/g, "")).reverse();
        if (!fits(groups, token)) return null;
        if (afterPoint) places += groups.join("");
        else whole += [...groups].reverse().join("");
        at += run.length;
        break;
      }
      case ".":
        if (character !== ".") break;
        afterPoint = true;
        at++;
        break;
      case "$":
        if (character !== "" && character !== "$") return null;
        if (character === "$") at++;
        break;
      case "S":
      case "MI":
        if (character === "-") isNegative = !isNegative;
        if (character === "-" || (character === "+" && token.kind === "S")) at++;
        break;
      case "<":
        opened = character === "<";
        if (opened) at++;
        break;
      case ">":
        if (character !== ">") break;
        if (!opened) return null;
        opened = false;
        isNegative = !isNegative;
        at++;
        break;
    }
  }
  if (at < text.length || opened || whole + places === "") return null;
  const value = BigInt(whole + places.padEnd(pattern.scale, "0"));
  return canonicalInteger(isNegative ? -value : value);
}

/** Groups from the last one back, as the pattern's: leading ones may be missing or short unless the pattern has a 0 there. */
function fits(groups: readonly string[], token: NumberToken & { readonly kind: "digits" }): boolean {
  const expected = [...token.groups].reverse();
  return groups.length <= expected.length && expected.every(({ count, exact }, at) => (exact ? (groups[at] ?? "").length === count : (groups[at] ?? "").length <= count));
}

/** Spark's `to_char` of a decimal of a scale: digits that the pattern has no room for are all `#`. */
export function textFromNumber(value: ExactInteger, scale: number, { pattern }: NumberFormat): string {
  const isNegative = value < 0;
  const digits = digitsFor(value, scale, pattern);
  let out = "";
  let afterPoint = false;
  for (const token of pattern.tokens) {
    switch (token.kind) {
      case "digits":
        out = afterPoint ? out + digits.places : withWhole(out, token.groups, digits.whole);
        break;
      case ".":
        out = `${out.endsWith(" ") ? `${out.slice(0, -1)}0` : out}.`;
        afterPoint = true;
        break;
      case "$":
        out += "$";
        break;
      case "S":
        out = beforeSpaces(withoutLonePoint(out), isNegative ? "-" : "+");
        break;
      case "MI":
        out = isNegative ? beforeSpaces(withoutLonePoint(out), "-") : `${out} `;
        break;
      case "<":
        if (isNegative) out += "<";
        break;
      case ">":
        out = isNegative ? beforeSpaces(withoutLonePoint(out), ">") : `${withoutLonePoint(out)}  `;
        break;
    }
  }
  const text = withoutLonePoint(out);
  return text === "" || text === "+" || text === "-" ? "0" : text;
}

function digitsFor(value: ExactInteger, scale: number, pattern: NumberPattern): { readonly whole: string; readonly places: string } {
  const [before = "", after = ""] = decimalText(value < 0 ? -value : value, scale).split(".");
  const room = pattern.precision - pattern.scale;
  const whole = before.replace(/^0+/, "");
  const places = after.replace(/0+$/, "");
  if (whole.length > room || places.length > pattern.scale) return { whole: "#".repeat(room), places: "#".repeat(pattern.scale) };
  return { whole: whole.padStart(room, " "), places: places.padEnd(pattern.scale, "0") };
}

function withWhole(before: string, groups: readonly { readonly count: number; readonly exact: boolean }[], digits: string): string {
  let out = before;
  let at = 0;
  for (const [number, { count, exact }] of groups.entries()) {
    if (number > 0) out = /\d$/.test(out) ? `${out},` : spaceBeforeSign(out);
    for (let left = count; left > 0; left--, at++) {
      const digit = digits.charAt(at);
      out = digit !== " " ? out + digit : exact ? `${out}0` : spaceBeforeSign(out);
    }
  }
  return out;
}

/** A space, which goes before a sign that stands at the end. */
function spaceBeforeSign(text: string): string {
  const sign = /[-+<]+$/.exec(text)?.[0] ?? "";
  return `${text.slice(0, text.length - sign.length)} ${sign}`;
}

/** A sign, which goes before spaces that stand at the end. */
function beforeSpaces(text: string, sign: string): string {
  const bare = text.replace(/ +$/, "");
  return bare + sign + " ".repeat(text.length - bare.length);
}

/** A point that no digits follow becomes a space. */
function withoutLonePoint(text: string): string {
  const at = text.indexOf(".");
  return at >= 0 && (at === text.length - 1 || text.charAt(at + 1) === " ") ? `${text.slice(0, at)} ${text.slice(at + 1)}` : text;
}
