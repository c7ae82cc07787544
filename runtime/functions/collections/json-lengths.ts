import { readPlainJson } from "./plain-json.ts";

/** Spark's `json_array_length`: null for what is no JSON array. */
export function jsonArrayLength(text: string): number | null {
  return readPlainJson(text, (scanner) => {
    if (scanner.peek() !== "array") return null;
    let count = 0;
    scanner.open();
    for (let first = true; scanner.more(first, 0x5d); first = false) {
      scanner.skip();
      count++;
    }
    return count;
  });
}

/** Spark's `json_object_keys`: the names of the members of a JSON object; null for what is none. */
export function jsonObjectKeys(text: string): readonly string[] | null {
  return readPlainJson(text, (scanner) => {
    if (scanner.peek() !== "object") return null;
    const names: string[] = [];
    scanner.open();
    for (let first = true; scanner.more(first, 0x7d); first = false) {
      names.push(scanner.name());
      scanner.skip();
    }
    return names;
  });
}
