import { decodeJsonText, type JsonDecodeOptions } from "../formats/json-decode.ts";
import type { RuntimeValue } from "./runtime-value.ts";
import type { JsonType } from "./json-type.ts";

const options: JsonDecodeOptions = { texts: "rewritten" };

/**
 * Spark's `from_json` in its default mode: fields that do not fit are null, a text that is no such record is a record of nulls, a
 * blank text is null. Text after the value makes it no such record (Spark ignores it).
 */
export function fromJson<T>(text: string, json: JsonType<T>): T | null {
  const { type } = json;
  const { value, blank } = decodeJsonText(text, type, options);
  if (blank) return null;
  const decoded: RuntimeValue = value === null && type.kind === "record" ? { ...type.empty } : value;
  // The decoder gives values of `json.type` and nothing else; `T` is that type's.
  return decoded as T | null;
}
