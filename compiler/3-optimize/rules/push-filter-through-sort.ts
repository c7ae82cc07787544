import type { LogicalPlan } from "../../ir/logical/index.ts";
import { Filter } from "../../ir/logical/index.ts";
import { topDown } from "../rule.ts";
import { sinkConjuncts } from "../sink-conjuncts.ts";

/**
 * Carries a filter below a sort: `Filter(p, Sort(x))` → `Sort(Filter(p, x))`.
 *
 * Sound because a sort keeps every row, and its order of two rows hangs on these two alone: p is asked for the same rows, also
 * where it may fail. A volatile p stays, for its values are drawn in the order of the rows. A sort stands only over a whole
 * result, so no row of it is late or taken back.
 */
export const pushFilterThroughSort = topDown<LogicalPlan>("push-filter-through-sort", (node) => {
  if (node.kind !== "Filter" || node.input.kind !== "Sort") return undefined;
  const { input: sort, origin } = node;
  return sinkConjuncts(
    node,
    ({ volatility }) => volatility !== "volatile",
    (condition) => sort.withChildren([new Filter(sort.input, condition, origin)]),
  );
});
