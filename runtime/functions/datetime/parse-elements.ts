import { fixedOffset, isZone } from "../../time/zone.ts";
import { monthNames, shortMonthNames } from "./names.ts";
import type { FieldLetter, ParsedFields } from "./parsed-fields.ts";
import type { PatternItem } from "./pattern.ts";

/** A step of reading. Numbers know how many digits the numbers right behind them need (java.time's adjacent value parsing). */
export type ParseElement =
  | { readonly kind: "number"; readonly letter: FieldLetter; readonly min: number; readonly max: number; readonly base: number }
  | { readonly kind: "fraction"; readonly max: number }
  | { readonly kind: "names"; readonly letter: FieldLetter; readonly names: readonly string[]; readonly first: number }
  | { readonly kind: "era"; /** Ours, then the one before. */ readonly names: readonly [string, string] }
  | { readonly kind: "offset"; readonly form: RegExp }
  | { readonly kind: "zone" }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "optional"; readonly elements: readonly ParseElement[] };

export function elementsOf(items: readonly PatternItem[]): readonly ParseElement[] {
  return items.map(elementOf);
}

/** Reads `text` from `at` on, as far as the elements go, into `fields`. Gives where it ended; -1 where it does not fit. */
export function parseElements(elements: readonly ParseElement[], text: string, at: number, fields: ParsedFields): number {
  let position = at;
  for (let index = 0; index < elements.length && position >= 0; index++) {
    const element = elements[index];
    if (element !== undefined) position = parseElement(element, reserved(elements, index), text, position, fields);
  }
  return position;
}

/** The digits that the fixed numbers right behind a number of open width must find. */
function reserved(elements: readonly ParseElement[], index: number): number {
  let digits = 0;
  for (let next = index + 1; next < elements.length; next++) {
    const element = elements[next];
    if (element?.kind !== "number" || element.min !== element.max) break;
    digits += element.max;
  }
  return digits;
}

function parseElement(element: ParseElement, reservedDigits: number, text: string, at: number, fields: ParsedFields): number {
  switch (element.kind) {
    case "text":
      return text.slice(at, at + element.text.length).toLowerCase() === element.text.toLowerCase() ? at + element.text.length : -1;
    case "number": {
      const run = digitsAt(text, at, element.max + reservedDigits);
      const length = Math.min(element.max, element.min === element.max ? run : run - reservedDigits);
      if (length < element.min) return -1;
      return fields.set(element.letter, element.base + Number(text.slice(at, at + length))) ? at + length : -1;
    }
    case "fraction": {
      const length = digitsAt(text, at, element.max);
      if (length === 0) return -1;
      return fields.set("S", Number(text.slice(at, at + length).padEnd(6, "0").slice(0, 6))) ? at + length : -1;
    }
    case "names": {
      const rest = text.slice(at, at + 12).toLowerCase();
      const found = element.names.findIndex((name) => rest.startsWith(name.toLowerCase()));
      return found >= 0 && fields.set(element.letter, element.first + found) ? at + (element.names[found]?.length ?? 0) : -1;
    }
    case "era":
      return eraAt(element.names, text, at, fields);
    case "offset": {
      const match = element.form.exec(text.slice(at, at + 12));
      if (match === null) return -1;
      const id = /^(?:Z|GMT)$/i.test(match[0]) ? "Z" : match[0].toUpperCase();
      return fixedOffset(id) !== undefined && fields.setZone(id) ? at + match[0].length : -1;
    }
    case "zone": {
      const candidate = /^[A-Za-z0-9+:/_~.-]+/.exec(text.slice(at, at + 64))?.[0] ?? "";
      for (let length = candidate.length; length > 0; length--) {
        const id = candidate.slice(0, length);
        if (isZone(id)) return fields.setZone(id) ? at + length : -1;
      }
      return -1;
    }
    case "optional": {
      const tried = fields.copy();
      const end = parseElements(element.elements, text, at, tried);
      if (end < 0) return at;
      fields.take(tried);
      return end;
    }
  }
}

function eraAt([ours, before]: readonly [string, string], text: string, at: number, fields: ParsedFields): number {
  const startsWith = (name: string): boolean => text.slice(at, at + name.length).toLowerCase() === name.toLowerCase();
  if (startsWith(ours)) return at + ours.length;
  return startsWith(before) && fields.setBeforeChrist() ? at + before.length : -1;
}

function digitsAt(text: string, at: number, most: number): number {
  let count = 0;
  while (count < most && at + count < text.length && text.charCodeAt(at + count) >= 48 && text.charCodeAt(at + count) <= 57) count++;
  return count;
}

function elementOf(item: PatternItem): ParseElement {
  if (item.kind === "text") return item;
  if (item.kind === "optional") return { kind: "optional", elements: elementsOf(item.items) };
  const { letter, count } = item;
  switch (letter) {
    case "y":
      return count === 2 ? number("y", 2, 2, 2000) : number("y", count, count > 3 ? Math.max(count, 4) : 19);
    case "M":
    case "L":
      if (count >= 3) return { kind: "names", letter: "M", names: count === 3 ? shortMonthNames : monthNames, first: 1 };
      return number("M", count, count === 1 ? 19 : 2);
    case "D":
      return number("D", count, count === 1 ? 19 : 3);
    case "d":
    case "H":
    case "h":
    case "K":
    case "k":
    case "m":
    case "s":
      return number(letter, count, count === 1 ? 19 : 2);
    case "S":
      return { kind: "fraction", max: count };
    case "a":
      return { kind: "names", letter: "a", names: ["AM", "PM"], first: 0 };
    case "G":
      return { kind: "era", names: count === 4 ? ["Anno Domini", "Before Christ"] : ["AD", "BC"] };
    case "V":
    case "z":
      return { kind: "zone" };
    default:
      return { kind: "offset", form: offsetForm(letter, count) };
  }
}

function number(letter: FieldLetter, min: number, max: number, base: number = 0): ParseElement {
  return { kind: "number", letter, min, max, base };
}

/** What an offset looks like under the letters `X x Z O` (java.time's strict forms). */
function offsetForm(letter: string, count: number): RegExp {
  if (letter === "O" || (letter === "Z" && count === 4)) return /^GMT(?:[+-]\d{1,2}(?::\d{2})?)?/i;
  const zulu = letter === "X" || (letter === "Z" && count === 5) ? "Z|" : "";
  const forms = ["", "[+-]\\d{2}(?:\\d{2})?", "[+-]\\d{4}", "[+-]\\d{2}:\\d{2}", "[+-]\\d{4}(?:\\d{2})?", "[+-]\\d{2}:\\d{2}(?::\\d{2})?"];
  const form = forms[letter === "Z" ? (count === 5 ? 5 : 2) : count] ?? "";
  return new RegExp(`^(?:${zulu}${form})`, "i");
}
