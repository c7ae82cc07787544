import { unknownEscape } from "../../diagnostics/catalogue/syntax.ts";
import type { BuildContext } from "./build-context.ts";

const simple: Readonly<Record<string, string>> = {
  n: "\n", t: "\t", r: "\r", b: "\b", f: "\f", "0": "\0", "\\": "\\", '"': '"', "'": "'",
};

const escapes = /\\(?:u\{([0-9A-Fa-f]{1,6})\}|u([0-9A-Fa-f]{4})|([^]))/gu;

/** Resolves the escapes of a text whose first character stands at `offset`; reports those that there are not. */
export function unescape(text: string, offset: number, context: BuildContext): string {
  if (!text.includes("\\")) return text;
  return text.replace(escapes, (escape: string, braced: string | undefined, four: string | undefined, letter: string | undefined, at: number) => {
    const code = braced ?? four;
    const value = code === undefined ? Object.hasOwn(simple, letter ?? "") ? simple[letter ?? ""] : undefined : codePoint(code);
    if (value !== undefined) return value;
    const span = { start: offset + at, end: offset + at + escape.length };
    context.report(
      unknownEscape({ escape }).at(span).helped('the escapes are `\\n \\t \\r \\b \\f \\0 \\\\ \\" \\\' \\uXXXX \\u{X…}`; in a raw string `r"…"` a backslash is itself'),
    );
    return escape;
  });
}

function codePoint(digits: string): string | undefined {
  const code = Number.parseInt(digits, 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}
