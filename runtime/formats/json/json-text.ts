import { doubleText } from "../../functions/double-text.ts";
import type { JsonScanner } from "./json-scanner.ts";

/** A string as a JSON string; control characters as Jackson writes them (`\u001F`). */
export function quoteJson(text: string): string {
  return JSON.stringify(text).replace(/\\u00[01][0-9a-f]/g, (escape) => escape.slice(0, 2) + escape.slice(2).toUpperCase());
}

/**
 * The next value of the scanner as text, written anew without white space: whole numbers by their digits, others as Java prints
 * doubles, strings with the fewest escapes. It is what Spark's `from_json` puts into a text column (JsonGenerator.copyCurrentStructure).
 */
export function rewriteValue(scanner: JsonScanner): string {
  const token = scanner.peek();
  switch (token) {
    case "string":
      return quoteJson(scanner.string());
    case "number":
      return rewriteNumber(scanner.number());
    case "object": {
      const members: string[] = [];
      scanner.open();
      for (let first = true; scanner.more(first, 0x7d); first = false) members.push(`${quoteJson(scanner.name())}:${rewriteValue(scanner)}`);
      return `{${members.join(",")}}`;
    }
    case "array": {
      const items: string[] = [];
      scanner.open();
      for (let first = true; scanner.more(first, 0x5d); first = false) items.push(rewriteValue(scanner));
      return `[${items.join(",")}]`;
    }
    case "end":
      return scanner.fail("a value");
    default:
      scanner.word(token);
      return token;
  }
}

function rewriteNumber(text: string): string {
  if (/^-?[0-9]+$/.test(text)) return text === "-0" ? "0" : text;
  const value = Number(text);
  if (Number.isFinite(value)) return doubleText(value);
  if (!Number.isNaN(value)) return `"${doubleText(value)}"`;
  return text === "NaN" ? '"NaN"' : text.startsWith("-") ? '"-Infinity"' : '"Infinity"';
}
