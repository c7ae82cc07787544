import { decode } from "./decode.ts";
import type { AggregateFact } from "./fact.ts";
import type { Question } from "./question.ts";
import { sparkFields, sparkType } from "./spark-type.ts";
import type { Expectation } from "./verdict.ts";

/** A query whose rows are asked for as one array of records, and that array as Spark gave it. */
export interface GroupingQuestion {
  readonly question: Question;
  readonly expected: Expectation;
}

/** Queries of the facts that group, order or join rows of one column `x`, as Sluice writes them before their rows are collected; the order is Spark's. */
const forms: readonly (readonly [sql: RegExp, steps: string])[] = [
  [/^SELECT x, count\(\*\) AS n FROM VALUES .* GROUP BY x(?: ORDER BY ALL)?$/is, "aggregate count() as n group by x |> order by x |> aggregate collect_list({ x: x, n: n })"],
  [/^SELECT x, count\(\*\) AS n FROM VALUES .* GROUP BY x$/is, "aggregate count() as n group by x |> aggregate collect_list({ x: x, n: n })"],
  [/^SELECT DISTINCT x FROM VALUES .* ORDER BY x DESC$/is, "select x |> distinct |> order by x desc |> aggregate collect_list({ x: x })"],
  [/^SELECT x FROM VALUES .* ORDER BY x$/is, "order by x |> aggregate collect_list({ x: x })"],
  [/^SELECT count\(\*\) AS n FROM VALUES .* AS a\(x\) JOIN \(VALUES .* AS b0\(y\)\) b ON a\.x = b\.y$/is, "as a |> join (table |> select x as y) as b on a.x = b.y |> aggregate count() as n |> aggregate collect_list({ n: n })"],
];

/** The question of a fact that is such a query; undefined for any other. Throws `Untranslatable` for types that Sluice has not. */
export function questionOfGrouping(fact: AggregateFact): GroupingQuestion | undefined {
  const fitting = forms.filter(([sql]) => sql.test(fact.sql));
  if (fitting.length === 0) return undefined;
  const type = sparkType(fact.column_type);
  // What has no order cannot be sorted.
  const [, text] = (type.kind === "map" ? fitting.at(-1) : fitting[0]) ?? [];
  if (text === undefined) return undefined;
  const rows = fact.values.map((value) => [decode(value, type)]);
  const question: Question = { text, columns: [{ name: "x", type }], rows, isAggregate: true, isPipeline: true, mayFail: true };
  if (fact.error !== undefined) return { question, expected: { error: fact.error } };
  const names = sparkFields(/^struct<(.*)>$/is.exec(fact.type ?? "")?.[1] ?? "").map(({ name }) => name);
  const records = Array.isArray(fact.result) ? fact.result.map((row: unknown) => Object.fromEntries(names.map((name, at) => [name, Array.isArray(row) ? (row[at] as unknown) : row]))) : fact.result;
  return { question, expected: { type: `array<${fact.type ?? ""}>`, result: records } };
}
