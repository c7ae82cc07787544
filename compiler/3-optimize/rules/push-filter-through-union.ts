import type { ColumnId, Expr } from "../../ir/expr/index.ts";
import { columnRef, substitute } from "../../ir/expr/index.ts";
import type { LogicalPlan, Union } from "../../ir/logical/index.ts";
import { Filter } from "../../ir/logical/index.ts";
import { sinkConjuncts } from "../sink-conjuncts.ts";
import { topDown } from "../rule.ts";

/**
 * Carries a filter into every input of a union: `Filter(p, Union(x, y))` → `Union(Filter(p, x), Filter(p, y))`, over the columns of
 * each.
 *
 * Sound because a union passes its rows on one by one: p is asked for the very same rows, also where it may fail, and they come
 * in the same order. The filter stays above the watermarks of the inputs, so the same rows advance them. A volatile p stays:
 * its values are drawn in the order of the rows.
 */
export const pushFilterThroughUnion = topDown<LogicalPlan>("push-filter-through-union", (node) => {
  if (node.kind !== "Filter" || node.input.kind !== "Union") return undefined;
  const { input: union, origin } = node;
  return sinkConjuncts(
    node,
    ({ volatility }) => volatility !== "volatile",
    (condition) => union.withChildren(union.inputs.map((input, at) => new Filter(input, substitute(condition, sourcesOf(union, at)), origin))),
  );
});

/** The columns of one input by the columns of the union that they become. */
function sourcesOf(union: Union, at: number): ReadonlyMap<ColumnId, Expr> {
  return new Map(
    union.columns.flatMap(({ id, sources }): readonly (readonly [ColumnId, Expr])[] => {
      const column = union.inputs[at]?.output.find((candidate) => candidate.id === sources[at]);
      return column === undefined ? [] : [[id, columnRef(column.id, column.name, column.type, column.nullable)]];
    }),
  );
}
