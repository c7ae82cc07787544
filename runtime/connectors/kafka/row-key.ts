import { RowText } from "../row-text.ts";
import type { SinkContext } from "../sink.ts";

/**
 * The key of a row's message in update mode, where the job says none: of one key column its text (a string as it is, any other value and null
 * as JSON), of several a JSON object of them. Undefined where no columns identify a row.
 */
export function rowKey<Row>({ columns, key, encodeJson }: SinkContext<Row>): ((row: Row) => string) | undefined {
  if (key === undefined || key.length === 0) return undefined;
  const text = new RowText(encodeJson);
  const parts = key.map((name) => ({ before: `${JSON.stringify(name)}:`, at: columns.findIndex((column) => column.name === name) }));
  const [only, second] = parts;
  if (only !== undefined && second === undefined) {
    return (row) => {
      const cell = text.cells(row)[only.at] ?? "null";
      return cell.startsWith('"') ? String(JSON.parse(cell)) : cell;
    };
  }
  return (row) => {
    const cells = text.cells(row);
    return `{${parts.map(({ before, at }) => `${before}${cells[at] ?? "null"}`).join()}}`;
  };
}
