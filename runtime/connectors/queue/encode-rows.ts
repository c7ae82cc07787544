/** A row handed to a queue: a JSON text, or an object with a property a column. */
export type QueueRow = string | Readonly<Record<string, unknown>>;

/**
 * Turns rows of a test into JSON lines for the declared columns: an array gives the columns in order, an object by name, any
 * other value is the first column. `bigint` keeps its digits, a `Date` becomes ISO text, bytes become base64, `undefined` and
 * missing columns are left out.
 */
export function encodeRows(columns: readonly string[], rows: readonly unknown[]): readonly string[] {
  return rows.map((row) => {
    if (isObject(row)) return jsonOf(row);
    const values: readonly unknown[] = Array.isArray(row) ? row : [row];
    if (values.length > columns.length) throw new TypeError(`a row has ${values.length} values for ${columns.length} columns`);
    return members(values.map((value, at) => [columns[at] ?? "", value] as const));
  });
}

/** A row as one line of JSON. */
export function encodeRow(row: QueueRow): string {
  return typeof row === "string" ? row : jsonOf(row);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date) && !(value instanceof Uint8Array);
}

function members(entries: readonly (readonly [name: string, value: unknown])[]): string {
  return `{${entries.flatMap(([name, value]) => (value === undefined ? [] : [`${JSON.stringify(name)}:${jsonOf(value)}`])).join(",")}}`;
}

function jsonOf(value: unknown): string {
  switch (typeof value) {
    case "bigint":
      return String(value);
    case "number":
      return Number.isFinite(value) ? (Object.is(value, -0) ? "-0.0" : String(value)) : `"${value}"`;
    case "string":
    case "boolean":
      return JSON.stringify(value);
    case "object": {
      if (value === null) return "null";
      if (value instanceof Date) return JSON.stringify(value.toISOString());
      if (value instanceof Uint8Array) return `"${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString("base64")}"`;
      if (Array.isArray(value)) return `[${value.map(jsonOf).join(",")}]`;
      return members(Object.entries(value));
    }
    default:
      throw new TypeError(`a row holds a ${typeof value}, which JSON has no form for`);
  }
}
