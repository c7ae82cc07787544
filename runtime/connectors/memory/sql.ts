import type { Database } from "sql.js";
import { shown, alignedTable, type Cell } from "../aligned-table.ts";
import type { MemoryTable, MemoryTables } from "./memory-tables.ts";
import { booleanType, decimalType, sqlColumns } from "./sql-columns.ts";
import { onlyReading, sqlFailed } from "./sql-errors.ts";

/** An integer beyond 2^53 is a bigint; a value of a boolean column as it is, and of none that is computed, is a boolean. */
export type SqlValue = string | number | bigint | boolean | null;

export interface SqlResult {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly SqlValue[])[];
  /** The columns that are those of decimals, whose digits are texts where no double holds them. */
  readonly decimals?: ReadonlySet<number>;
}

/**
 * Reads the tables of memory sinks with SQLite's SQL, in a copy that is made for the statement: the rows of one moment between
 * two commits. One `select` or `with`, or `show tables` (name, mode, rows). Errors are R7320 with the tables that there are,
 * and R7321 for any other statement. Needs the package `sql.js`, which is loaded at the first use.
 */
export async function querySql(tables: MemoryTables, sql: string): Promise<SqlResult> {
  const text = sql.replace(/^(?:\s+|--[^\n]*(?:\n|$)|\/\*[^]*?\*\/)+/, "");
  if (/^show\s+tables\s*;?\s*$/i.test(text)) {
    return { columns: ["name", "mode", "rows"], rows: tables.all.map((table) => [table.name, table.mode, table.rowCount]) };
  }
  if (!/^(?:select|with)\b/i.test(text)) throw onlyReading(sql);
  if (tables.all.length === 0) throw sqlFailed("no memory sink has a table", sql, []);
  const { default: initSqlJs } = await import("sql.js");
  const sqlite = await initSqlJs();
  const database = new sqlite.Database();
  try {
    load(database, tables.all, sql);
    database.run("pragma query_only = on");
    const result = run(database, sql);
    const types = columnTypes(database, sql);
    const rows = withBooleans(result.rows, (column) => types.get(column) === booleanType);
    const decimals = new Set([...types].flatMap(([column, type]) => (type === decimalType ? [column] : [])));
    return { ...result, rows, ...(decimals.size === 0 ? {} : { decimals }) };
  } catch (error) {
    throw error instanceof MoreStatements ? onlyReading(sql) : sqlFailed(error, sql, tables.all);
  } finally {
    database.close();
  }
}

class MoreStatements extends Error {}

function load(database: Database, tables: readonly MemoryTable[], sql: string): void {
  const taken = new Set<string>();
  for (const table of tables) {
    let name = table.name;
    for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${table.name}_${n}`;
    taken.add(name.toLowerCase());
    const columns = sqlColumns(table.columns);
    const names = columns.flatMap((column) => column.names);
    database.run(`create table ${quoted(name)} (${columns.flatMap((column) => column.names.map((part) => `${quoted(part)} ${column.affinity}`)).join(", ")})`);
    if (!name.includes('"') && !sql.toLowerCase().includes(name.toLowerCase())) continue;
    const insert = database.prepare(`insert into ${quoted(name)} values (${names.map(() => "?").join(", ")})`);
    database.run("begin");
    for (const row of table.rows()) insert.run(columns.flatMap((column, at) => column.read(row[at] ?? "null")));
    database.run("commit");
    insert.free();
  }
}

/** The part of a statement that gives 64-bit integers exactly; the package's types leave it out. */
interface ExactRows {
  get(values: null, config: { readonly useBigInt: true }): readonly unknown[];
}

function run(database: Database, sql: string): SqlResult {
  const statements = database.iterateStatements(sql);
  const first = statements.next();
  if (first.done) throw new MoreStatements();
  const statement = first.value;
  const exact: ExactRows = statement;
  const columns = statement.getColumnNames();
  const rows: (readonly SqlValue[])[] = [];
  while (statement.step()) rows.push(exact.get(null, { useBigInt: true }).map(valueOf));
  if (statements.getRemainingSQL().replace(/\s+|;|--[^\n]*(?:\n|$)|\/\*[^]*?\*\//g, "") !== "") throw new MoreStatements();
  return { columns, rows };
}

/** The declared types of the columns of a result that are columns of tables: SQLite tells them of a view. */
function columnTypes(database: Database, sql: string): ReadonlyMap<number, string> {
  try {
    database.run("pragma query_only = off");
    database.run(`create temp view "result of sluice" as ${sql.replace(/[\s;]+$/, "")}\n`);
    const [types] = database.exec("select cid, type from pragma_table_info('result of sluice')");
    return new Map(types?.values.flatMap(([column, type]) => (typeof column === "number" && typeof type === "string" ? [[column, type] as const] : [])));
  } catch {
    // What makes no view (a column twice, a comment at the end) is shown as it comes.
    return new Map();
  }
}

/** Rows with the values of boolean columns as such; a column into which a union has brought other numbers stays as it comes. */
function withBooleans(rows: SqlResult["rows"], isBoolean: (column: number) => boolean): SqlResult["rows"] {
  const booleans = (rows[0] ?? []).map((_, column) => isBoolean(column) && rows.every((row) => row[column] === 1 || row[column] === 0 || row[column] === null));
  if (!booleans.includes(true)) return rows;
  return rows.map((row) => row.map((value, column) => (booleans[column] === true && value !== null ? value === 1 : value)));
}

function valueOf(value: unknown): SqlValue {
  if (typeof value === "bigint") return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
  if (typeof value === "string" || typeof value === "number") return value;
  return value instanceof Uint8Array ? Buffer.from(value).toString("base64") : null;
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A result as an aligned table, all rows and whole values. */
export function sqlTable(result: SqlResult): string {
  return alignedTable(
    result.columns,
    result.rows.map((row) => row.map((value, at): Cell => ({ text: value === null ? "null" : shown(String(value)), right: typeof value === "number" || typeof value === "bigint" || (value !== null && result.decimals?.has(at) === true) }))),
  );
}

/** A result as NDJSON: an object a row, columns in order, a second column of the same name with a number. */
export function sqlLines(result: SqlResult): string {
  const names: string[] = [];
  for (const column of result.columns) {
    let name = column;
    for (let n = 2; names.includes(name); n++) name = `${column}_${n}`;
    names.push(name);
  }
  return result.rows.map((row) => `{${row.map((value, at) => `${JSON.stringify(names[at] ?? "")}:${typeof value === "string" && result.decimals?.has(at) === true ? value : jsonOf(value)}`).join(",")}}\n`).join("");
}

function jsonOf(value: SqlValue): string {
  if (typeof value === "bigint") return String(value);
  if (typeof value === "number" && !Number.isFinite(value)) return `"${value}"`;
  return JSON.stringify(value);
}
