import { decode } from "./decode.ts";
import type { AggregateFact } from "./fact.ts";
import { parseSql } from "./parse-sql.ts";
import { sparkType } from "./spark-type.ts";
import type { SqlExpression } from "./sql-expression.ts";
import { type FactColumn, writeSluice } from "./translate-sql.ts";
import type { RuntimeValue } from "../../runtime/functions/runtime-value.ts";
import { reasonOf, untranslatable } from "./untranslatable.ts";

/** An aggregate fact as Sluice is asked it: `rows |> aggregate TEXT as r` over rows of these columns. */
export interface AggregateTranslation {
  readonly ok: true;
  readonly text: string;
  readonly expression: SqlExpression;
  /** Names and types; the values are those of the first row. */
  readonly columns: readonly FactColumn[];
  readonly rows: readonly (readonly RuntimeValue[])[];
}

/** The aggregate of a fact in Sluice's syntax, or why there is none. Queries that group or join are not translated. */
export function translateAggregate(fact: AggregateFact): AggregateTranslation | { readonly ok: false; readonly reason: string } {
  try {
    const query = /^SELECT\s+(.*?)\s+FROM\s+(?:VALUES\b.*\sAS\s+t\(([^()]*)\)|\(SELECT\s+CAST\(NULL\s+AS\s+.*?\)\s+AS\s+(x)\s+WHERE\s+false\)(?:\s+AS)?\s*t?)\s*$/is.exec(fact.sql);
    if (query === null) return untranslatable("a query of another form");
    const names = (query[2] ?? query[3] ?? "x").split(",").map((name) => name.trim());
    const types = names.length === 1 ? [fact.column_type] : fact.column_type.split(", ");
    const columnTypes = names.map((_, at) => sparkType(types[at] ?? types[0] ?? "int"));
    if (columnTypes.some((type) => type.kind === "duration")) return untranslatable("intervals as values");
    const rows = fact.values.map((value) => {
      const cells: readonly unknown[] = names.length > 1 && Array.isArray(value) ? value : [value];
      return columnTypes.map((type, at) => decode(cells[at] ?? null, type));
    });
    const columns = names.map((name, at) => ({ name, type: columnTypes[at] ?? sparkType("int"), value: rows[0]?.[at] ?? null }));
    const expression = parseSql(query[1] ?? "");
    return { ok: true, text: writeSluice(expression, columns), expression, columns, rows };
  } catch (error) {
    return { ok: false, reason: reasonOf(error) };
  }
}
