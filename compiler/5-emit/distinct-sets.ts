import { sameExpr } from "../ir/expr/walk.ts";
import type { Expr } from "../ir/expr/expr.ts";
import type { AggregateColumn } from "../ir/logical/plan.ts";
import type { GroupTable } from "../ir/physical/physical.ts";

/** The different values of one expression, kept once for several `count(distinct x where …)`. */
export interface DistinctSet {
  /** The first of the counts: its lane is theirs. */
  readonly owner: AggregateColumn;
  /** What a row must pass to count, one for each place in the lane; undefined: nothing. */
  readonly conditions: readonly (Expr | undefined)[];
}

/** The bits of a number that `|` keeps positive. */
const most = 31;

/** The set that a column's count is part of, and its place there. Undefined where it has a lane as other aggregates do: alone, or over rows that may be taken back. */
export function distinctSetOf(table: GroupTable, column: AggregateColumn): { readonly set: DistinctSet; readonly at: number } | undefined {
  const value = countedValue(column);
  if (value === undefined || table.counted) return undefined;
  const counts = table.aggregates.filter((other) => {
    const its = countedValue(other);
    return its !== undefined && sameExpr(its, value);
  });
  const different = counts.filter((one, at) => counts.findIndex((other) => sameCondition(one, other)) === at);
  const place = different.findIndex((other) => sameCondition(column, other));
  const first = place - (place % most);
  const members = different.slice(first, first + most);
  const [owner] = members;
  if (owner === undefined || members.length < 2) return undefined;
  return { set: { owner, conditions: members.map(({ call }) => call.where) }, at: place - first };
}

/** The one expression whose different values a column counts. */
function countedValue({ call }: AggregateColumn): Expr | undefined {
  const [value, ...others] = call.args;
  if (call.name !== "count" || !call.distinct || others.length > 0 || value?.volatility === "volatile") return undefined;
  return value?.kind === "Literal" ? undefined : value;
}

function sameCondition(a: AggregateColumn, b: AggregateColumn): boolean {
  const [one, other] = [a.call.where, b.call.where];
  return a === b || (one === undefined || other === undefined ? one === other : one.volatility !== "volatile" && sameExpr(one, other));
}
