import { RowError } from "../errors/row-error.ts";
import { decodeJsonText } from "../formats/json-decode.ts";
import type { RuntimeValue } from "./runtime-value.ts";
import type { JsonType } from "./json-type.ts";

/**
 * Spark's `from_json` in its default mode: fields that do not fit are null, a text that is no such record is a record of nulls, a
 * blank text is null; so is a text that is no such array or map. Text after the value makes it no such record (Spark ignores it).
 * In the mode FAILFAST a text that does not fit, in whole or in part, fails the row.
 */
export function fromJson<T>(text: string, json: JsonType<T>): T | null {
  const { type } = json;
  const { value, problem, blank } = decodeJsonText(text, type, { texts: "rewritten", zone: json.zone, syntax: json.options, formats: json.formats });
  if (blank) return null;
  if (problem !== undefined && json.options.mode?.toUpperCase() === "FAILFAST") throw new RowError("MALFORMED_RECORD_IN_PARSING", problem);
  const decoded: RuntimeValue = value === null && type.kind === "record" ? { ...type.empty } : value;
  // The decoder gives values of `json.type` and nothing else; `T` is that type's.
  return decoded as T | null;
}
