import { Code, Precedence } from "./code.ts";

/**
 * A string literal that means exactly `text`: JSON's quoting, with line separators, `<`, bidirectional controls,
 * and lone surrogates escaped, so that neither a parser, an editor nor a reviewer can be misled.
 */
export function quote(text: string): string {
  return JSON.stringify(text).replace(/[<\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]/gu, (char) =>
    [...Array(char.length).keys()].map((at) => `\\u${char.charCodeAt(at).toString(16).padStart(4, "0")}`).join(""),
  );
}

export function stringCode(text: string): Code {
  return new Code(quote(text), Precedence.primary, []);
}

/** A number literal; negative, NaN and infinite values too. Whole numbers of five digits and more are grouped. */
export function numberCode(value: number): Code {
  if (Number.isNaN(value)) return new Code("NaN", Precedence.primary, []);
  if (value === Infinity) return new Code("Infinity", Precedence.primary, []);
  if (value < 0 || Object.is(value, -0)) {
    return new Code(`-${numberCode(-value).text}`, Precedence.unary, []);
  }
  const text = String(value);
  return new Code(/^\d{5,}$/.test(text) ? text.replace(/\B(?=(\d{3})+$)/g, "_") : text, Precedence.primary, []);
}

export function bigintCode(value: bigint): Code {
  return new Code(`${value}n`, value < 0n ? Precedence.unary : Precedence.primary, []);
}

export const nullCode = new Code("null", Precedence.primary, []);
export const undefinedCode = new Code("undefined", Precedence.primary, []);
export const trueCode = new Code("true", Precedence.primary, []);
export const falseCode = new Code("false", Precedence.primary, []);

export function booleanCode(value: boolean): Code {
  return value ? trueCode : falseCode;
}

/**
 * A user's text made harmless inside a `//` comment: line ends, comment ends, bidirectional controls, invisible characters
 * and `#` or `@` after `//` and `@ts-` (comments that tools obey) become a visible replacement.
 */
export function commentText(text: string): string {
  return text
    .replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\p{Surrogate}/gu, "\ufffd")
    .replace(/\*\//g, "*\u2215")
    .replace(/\/\*/g, "\u2215*")
    .replace(/\/\/(?=[#@])/g, "/\u2215")
    .replace(/@(?=ts-)/g, "\uff20");
}
