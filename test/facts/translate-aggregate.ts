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

/** The aggregate of a fact in Sluice's syntax, or why there is none. Queries that group, order or join are not translated. */
export function translateAggregate(fact: AggregateFact): AggregateTranslation | { readonly ok: false; readonly reason: string } {
  try {
    const query = queryOf(fact);
    const types = query.names.length === 1 ? [fact.column_type] : fact.column_type.split(", ");
    const columnTypes = query.names.map((_, at) => sparkType(types[at] ?? types[0] ?? "int"));
    const values = query.range === undefined ? fact.values : Array.from({ length: query.range }, (_, at) => (columnTypes[0]?.kind === "string" ? String(at) : at));
    const rows = values.map((value) => {
      const cells: readonly unknown[] = query.names.length > 1 && Array.isArray(value) ? value : [value];
      return columnTypes.map((type, at) => decode(cells[at] ?? null, type));
    });
    const columns = query.names.map((name, at) => ({ name, type: columnTypes[at] ?? sparkType("int"), value: rows[0]?.[at] ?? null }));
    const expression = parseSql(query.selected);
    return { ok: true, text: writeSluice(expression, columns), expression, columns, rows };
  } catch (error) {
    return { ok: false, reason: reasonOf(error) };
  }
}

/** What a query selects of which columns; `range`: of so many whole numbers from 0. */
interface FactQuery {
  readonly selected: string;
  readonly names: readonly string[];
  readonly range?: number;
}

function queryOf({ sql }: AggregateFact): FactQuery {
  const values = /^SELECT\s+(.*?)\s+FROM\s+VALUES\b.*\sAS\s+t\(([^()]*)\)\s*$/is.exec(sql);
  const empty = /^SELECT\s+(.*?)\s+FROM\s+\(SELECT\s+(CAST\(NULL\s+AS\s+.*)\s+WHERE\s+false\)(?:\s+AS)?\s*t?\s*$/is.exec(sql);
  const range = /^SELECT\s+(.*?)\s+FROM\s+\(SELECT\s+(?:id|CAST\(id AS \w+\))\s+AS\s+(x)\s+FROM\s+range\((?:0,\s*)?(\d+)(?:,\s*1,\s*\d+)?\)\)\s+AS\s+t\s*$/is.exec(sql);
  const names = (values?.[2]?.split(",") ?? empty?.[2]?.split(/,\s*(?=CAST\(NULL)/i).map((column) => column.split(/\s+/).at(-1) ?? "") ?? (range === null ? [] : ["x"])).map((name) => name.trim());
  const selected = values?.[1] ?? empty?.[1] ?? range?.[1];
  if (selected === undefined || /^DISTINCT\b/i.test(selected)) return untranslatable("a query of another form");
  const plain = selected
    .replace(/^count\(DISTINCT \*\)$/i, `count(DISTINCT ${names.join(", ")})`)
    .replace(/^(percentile_(?:cont|disc))\((.*)\) WITHIN GROUP \(ORDER BY (\w+)\)$/i, "$1($3, $2)");
  return { selected: plain, names, ...(range === null ? {} : { range: Number(range[3]) }) };
}
