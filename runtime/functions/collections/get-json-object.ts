import type { JsonScanner } from "../../formats/json/json-scanner.ts";
import { rewriteValue } from "../../formats/json/json-text.ts";
import type { JsonPath } from "./json-path.ts";
import { readPlainJson } from "./plain-json.ts";

/** How a string is written that a path leads to, and whether arrays in arrays are one. */
type Style = "raw" | "quoted" | "flat";

/**
 * Spark's `get_json_object`: what a path leads to, a string without its quotes, anything else as JSON written anew; null where it leads
 * nowhere or to null, or where the text is malformed as far as it was read. With `[*]` an array of what is found, or the one thing alone.
 */
export function getJsonObject(text: string, path: JsonPath | null): string | null {
  if (path === null) return null;
  return readPlainJson(text, (scanner) => {
    const found: string[] = [];
    return walk(scanner, path, "raw", found) ? found.join(" ") : null;
  });
}

/** Passes the next value, puts what the path leads to there into `out`, and says whether there was anything (Spark's evaluatePath). */
function walk(scanner: JsonScanner, path: JsonPath, style: Style, out: string[]): boolean {
  const token = scanner.peek();
  const [step, ...rest] = path;
  if (step === undefined) {
    if (token === "string" && style === "raw") out.push(scanner.string());
    else if (token === "array" && style === "flat") return everyItem(scanner, path, style, out) > 0;
    else out.push(rewriteValue(scanner));
    return true;
  }
  if (token === "object" && step.kind === "name") return memberNamed(scanner, step.name, rest, style, out);
  if (token === "array" && step.kind === "index") return itemAt(scanner, step.index, rest, rest[0]?.kind === "every" ? "quoted" : style, out);
  if (token === "array" && step.kind === "every") return items(scanner, rest, style, out);
  scanner.skip();
  return false;
}

function memberNamed(scanner: JsonScanner, name: string, rest: JsonPath, style: Style, out: string[]): boolean {
  let found = false;
  scanner.open();
  for (let first = true; scanner.more(first, 0x7d); first = false) {
    const isThis = scanner.name() === name;
    if (!found && isThis && scanner.peek() !== "null") found = walk(scanner, rest, style, out);
    else scanner.skip();
  }
  return found;
}

function itemAt(scanner: JsonScanner, index: number, rest: JsonPath, style: Style, out: string[]): boolean {
  let found = false;
  let at = 0;
  scanner.open();
  for (let first = true; scanner.more(first, 0x5d); first = false) {
    if (at++ === index) found = walk(scanner, rest, style, out);
    else scanner.skip();
  }
  return found;
}

/** `[*]`. Two of them in a row make one flat array, as in Hive. */
function items(scanner: JsonScanner, rest: JsonPath, style: Style, out: string[]): boolean {
  const found: string[] = [];
  if (rest[0]?.kind === "every") {
    const count = everyItem(scanner, rest.slice(1), "flat", found);
    out.push(`[${found.join(",")}]`);
    return count > 0;
  }
  const count = everyItem(scanner, rest, style === "flat" ? "flat" : "quoted", found);
  if (style === "quoted" || count > 1) out.push(`[${found.join(",")}]`);
  else if (count === 1) out.push(found.join(","));
  return count > 0;
}

/** Walks on from every item of an array; the number of those from which the path led somewhere. */
function everyItem(scanner: JsonScanner, path: JsonPath, style: Style, out: string[]): number {
  let count = 0;
  scanner.open();
  for (let first = true; scanner.more(first, 0x5d); first = false) if (walk(scanner, path, style, out)) count++;
  return count;
}
