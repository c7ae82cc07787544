import { isJsonObject, parseExactJson, type ExactJson } from "../checkpoint/exact-json.ts";

/** The value of a JSON text as a test compares it: plain objects, whole numbers beyond 2^53 as bigints. */
export function plainJson(text: string): unknown {
  return plain(parseExactJson(text));
}

function plain(value: ExactJson): unknown {
  if (isJsonObject(value)) return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member)]));
  return Array.isArray(value) ? value.map((item: ExactJson) => plain(item)) : value;
}
