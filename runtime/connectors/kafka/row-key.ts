import { RowText } from "../row-text.ts";
import type { SinkContext } from "../sink.ts";

/**
 * The key of a row's message in update mode, where the job says none: of one key column a string that is never null as it is, anything
 * else as JSON (a string that may be null too: `"null"` is another key than `null`), of several a JSON object of them. Undefined where no columns identify a row.
 */
export function rowKey<Row>({ columns, key, encodeJson }: SinkContext<Row>): ((row: Row) => string) | undefined {
  if (key === undefined || key.length === 0) return undefined;
  const text = new RowText(encodeJson);
  const parts = key.map((name) => ({ before: `${JSON.stringify(name)}:`, at: columns.findIndex((column) => column.name === name) }));
  const [only, second] = parts;
  if (only !== undefined && second === undefined) {
    const column = columns[only.at];
    const isText = column?.type === "string" && !column.nullable;
    return (row) => {
      const cell = text.cells(row)[only.at] ?? "null";
      return isText ? String(JSON.parse(cell)) : cell;
    };
  }
  return (row) => {
    const cells = text.cells(row);
    return `{${parts.map(({ before, at }) => `${before}${cells[at] ?? "null"}`).join()}}`;
  };
}
