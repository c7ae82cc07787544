/** A cell and the side that it is aligned to: numbers to the right, all else to the left. */
export interface Cell {
  readonly text: string;
  readonly right: boolean;
}

/**
 * A table as text: a line of names, a rule, a line a row; columns two spaces apart, no spaces at the ends of lines. Widths are
 * counted in code points.
 */
export function alignedTable(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const heads = columns.map(shown);
  const widths = heads.map((head, at) => Math.max(width(head), 1, ...rows.map((row) => width(row[at]?.text ?? ""))));
  const right = heads.map((_, at) => rows.length > 0 && rows.every((row) => row[at]?.right === true || row[at]?.text === "null") && rows.some((row) => row[at]?.right === true));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, at) => {
        const space = " ".repeat(Math.max(0, (widths[at] ?? 0) - width(cell)));
        return right[at] === true ? space + cell : cell + space;
      })
      .join("  ")
      .trimEnd();
  return [line(heads), widths.map((size) => "─".repeat(size)).join("  "), ...rows.map((row) => line(row.map((cell) => cell.text)))].map((text) => `${text}\n`).join("");
}

/** A text for a terminal: control and direction characters are written as escapes, so that data cannot steer the terminal. */
export function shown(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, (char) => {
    const short: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };
    return short[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

/** The first `limit` code points, the last of them an ellipsis where something was cut off; 0 is no limit. */
export function truncated(text: string, limit: number): string {
  if (limit === 0 || text.length <= limit) return text;
  const chars = [...text];
  return chars.length <= limit ? text : `${chars.slice(0, limit - 1).join("")}…`;
}

function width(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** A JSON value as a cell: texts without quotes, numbers to the right. */
export function jsonCell(json: string, limit: number): Cell {
  const text: unknown = json.startsWith('"') ? JSON.parse(json) : json;
  return { text: truncated(shown(typeof text === "string" ? text : json), limit), right: /^-?\d/.test(json) };
}
