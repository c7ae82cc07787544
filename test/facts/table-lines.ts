import { constantsAsJson } from "./constant-json.ts";
import { type Cell, notUnderstood, readTable } from "./read-table.ts";

/** The rows of `select * from values (1,'one'),(cast(null as int),'nil') as x(k,n)` and its like as lines of JSON; throws for what it does not understand. */
export function tableLines(sql: string): readonly string[] {
  const { names, rows } = readTable(sql);
  const columns = names.map((_name, at) => columnJson(rows.flatMap((row) => row.slice(at, at + 1)), sql));
  return rows.map((_row, row) => `{${names.map((name, at) => `${JSON.stringify(name)}:${columns[at]?.[row] ?? "null"}`).join(",")}}`);
}

function columnJson(cells: readonly Cell[], sql: string): readonly string[] {
  try {
    return constantsAsJson(cells.map(({ expression }) => expression));
  } catch {
    // One value by itself says which it is; where each is understood, they have no type in common.
    throw notUnderstood(cells.find(({ expression }) => !isUnderstood(expression))?.text ?? cells.map(({ text }) => text).join(", "), sql);
  }
}

function isUnderstood(expression: Cell["expression"]): boolean {
  try {
    return constantsAsJson([expression]).length === 1;
  } catch {
    return false;
  }
}
