import { type ExactJson, writeExactJson } from "../../runtime/checkpoint/exact-json.ts";
import { jsonMembers } from "../../runtime/connectors/json-members.ts";
import type { SinkColumn } from "../../runtime/connectors/sink.ts";

/** A row of a scenario as a line of JSON that a queue takes; numbers that the scenario gives as texts keep their digits. */
export function inputLine(columns: readonly (readonly [name: string, type: string])[], row: ExactJson): string {
  const values = columns.length === 1 && !Array.isArray(row) ? [row] : Array.isArray(row) ? row : [];
  if (values.length !== columns.length) throw new TypeError(`a row of ${values.length} values for ${columns.length} columns`);
  return `{${columns.map(([name, type], at) => `${JSON.stringify(name)}:${inputValue(values[at] ?? null, type)}`).join(",")}}`;
}

function inputValue(value: ExactJson, type: string): string {
  if (typeof value !== "string" || type === "string") return writeExactJson(value);
  return /^-?\d+(?:\.\d+)?$/.test(value) ? value : JSON.stringify(value);
}

/** A row that came out, each value in the form in which it is compared. */
export function actualRow(json: string, columns: readonly SinkColumn[]): readonly string[] {
  return jsonMembers(json).map(([, value], at) => {
    const type = typeAt(columns, at);
    if (value === "null" || !isDouble(type)) return value;
    return doubleText(Number(value.replaceAll('"', "")));
  });
}

/** A row of a scenario in the same form, which depends on the column that the job gives for it. */
export function expectedRow(row: readonly ExactJson[], columns: readonly SinkColumn[]): readonly string[] {
  return row.map((value, at) => {
    const [, kind, text] = (typeof value === "string" ? /^(decimal|double):(.*)$/s.exec(value) : null) ?? [];
    if (kind === "decimal" && text !== undefined) return text;
    if (kind === "double" && text !== undefined) return doubleText(Number(text));
    return typeof value === "number" && isDouble(typeAt(columns, at)) ? doubleText(value) : writeExactJson(value);
  });
}

function typeAt(columns: readonly SinkColumn[], at: number): string {
  return columns[at]?.type ?? "";
}

function isDouble(type: string): boolean {
  return /^(?:double|float)\??$/.test(type);
}

function doubleText(value: number): string {
  return Object.is(value, -0) ? "-0.0" : String(value);
}

// Those of a table are lines of JSON too.
export { tableLines } from "./table-lines.ts";
