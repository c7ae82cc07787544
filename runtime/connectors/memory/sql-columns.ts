import type { SinkColumn } from "../sink.ts";

/** A value as SQLite takes it; a 64-bit integer beyond 2^53 goes in as its digits. */
export type SqlInput = string | number | null;

/** The declared type of a decimal's column, of which SQLite takes what comes as it is (its name has BLOB in it). */
export const decimalType = "DECIMAL_BLOB";

/** The declared type of a boolean's column: an integer to SQLite (its name has INT in it), which has no booleans. */
export const booleanType = "BOOLEAN_INT";

/** How a column of a sink becomes one or two columns of a table. */
export interface SqlColumn {
  readonly names: readonly string[];
  /** SQLite's type: what it turns digits into. */
  readonly affinity: "INTEGER" | "REAL" | "TEXT" | typeof decimalType | typeof booleanType;
  /** From the value's JSON text; as many values as names. */
  readonly read: (json: string) => readonly SqlInput[];
}

/**
 * Columns of a sink as SQLite has them. Longs are exact; booleans are 1 and 0, which a result that is such a column gives as true and false; doubles are REAL, `NaN` the text "NaN"; a decimal
 * is REAL where that holds it exactly, else its digits as text; timestamps, dates, durations and binary are the texts of the
 * JSON form; a window is two columns, `window_start` and `window_end`; other records and arrays are JSON text. SQLite does not
 * tell upper from lower case: a name that is there already gets a number.
 */
export function sqlColumns(columns: readonly SinkColumn[]): readonly SqlColumn[] {
  const taken = new Set<string>();
  const own = new Set(columns.map((column) => column.name.toLowerCase()));
  const name = (wanted: string): string => {
    let free = wanted;
    for (let n = 2; taken.has(free.toLowerCase()); n++) free = `${wanted}_${n}`;
    taken.add(free.toLowerCase());
    return free;
  };
  return columns.map((column): SqlColumn => {
    const type = column.type.replace(/\?$/, "");
    const ends = [`${column.name}_start`, `${column.name}_end`] as const;
    if (isWindow(type) && !ends.some((end) => own.has(end.toLowerCase()))) return { names: ends.map(name), affinity: "TEXT", read: windowEnds };
    return { names: [name(column.name)], ...scalar(type) };
  });
}

function isWindow(type: string): boolean {
  return /^\{\s*start\s*:\s*timestamp\s*,\s*end\s*:\s*timestamp\s*\}$/.test(type);
}

function scalar(type: string): Pick<SqlColumn, "affinity" | "read"> {
  if (type === "boolean") return { affinity: booleanType, read: (json) => [json === "null" ? null : json === "true" ? 1 : 0] };
  if (type === "int" || type === "long") return { affinity: "INTEGER", read: (json) => [json === "null" ? null : integer(json)] };
  if (type === "double" || type === "float") return { affinity: "REAL", read: (json) => [json === "null" ? null : double(json)] };
  if (type.startsWith("decimal")) return { affinity: decimalType, read: (json) => [json === "null" ? null : decimal(json)] };
  if (type.includes("{") || type.endsWith("]") || type.startsWith("map<")) return { affinity: "TEXT", read: (json) => [json === "null" ? null : json] };
  return { affinity: "TEXT", read: (json) => [text(json)] };
}

function text(json: string): SqlInput {
  const value: unknown = JSON.parse(json);
  return typeof value === "string" ? value : value === null ? null : json;
}

function integer(digits: string): SqlInput {
  const number = Number(digits);
  return Number.isSafeInteger(number) ? number : digits;
}

function double(json: string): SqlInput {
  if (json === '"NaN"') return "NaN";
  return Number(json.startsWith('"') ? json.slice(1, -1) : json);
}

function decimal(digits: string): SqlInput {
  const significant = digits.replace(/^-?0*|\./g, "");
  return significant.length <= 15 ? Number(digits) : digits;
}

function windowEnds(json: string): readonly SqlInput[] {
  const value: unknown = JSON.parse(json);
  if (typeof value !== "object" || value === null || !("start" in value) || !("end" in value)) return [null, null];
  return [String(value.start), String(value.end)];
}
