import { SluiceRuntimeError } from "../../errors/runtime-error.ts";
import type { MemoryTable } from "./memory-tables.ts";
import { thrownMessage } from "../../errors/thrown-message.ts";

/** SQLite refused the statement; the help names what there is. */
export function sqlFailed(cause: unknown, sql: string, tables: readonly MemoryTable[]): SluiceRuntimeError {
  const message = thrownMessage(cause);
  const columns = /no such column/i.test(message);
  const list = tables.map((table) => (columns ? `${table.name}(${table.columns.map((column) => column.name).join(", ")})` : table.name)).join(", ");
  return new SluiceRuntimeError({
    code: "R7320",
    what: `the SQL statement failed: ${message.slice(0, 1).toLowerCase()}${message.slice(1)}`,
    where: sql,
    how: tables.length === 0 ? "there are no tables: SQL reads the memory sinks of the queries that run" : `the tables are: ${list}`,
    cause,
  });
}

/** Something other than one reading statement. */
export function onlyReading(sql: string): SluiceRuntimeError {
  return new SluiceRuntimeError({ code: "R7321", what: "SQL over memory sinks is one reading statement", where: sql, how: "write one `select …`, `with … select …` or `show tables`" });
}
