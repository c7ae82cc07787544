import { conjunction } from "../../ir/expr/index.ts";
import type { LogicalPlan } from "../../ir/logical/index.ts";
import { Filter } from "../../ir/logical/index.ts";
import { bottomUp } from "../rule.ts";

/**
 * Merges adjacent filters: `Filter(p, Filter(q, x))` → `Filter(q and p, x)`.
 *
 * A filter asks its conjuncts in order and stops at the first that is not true. The inner predicate stays first, so p is asked
 * for the very rows for which it was asked before: q still guards a p that may fail, and a volatile p is asked as often. A
 * filter keeps no state, knows no watermark, and treats a row and its retraction alike.
 */
export const mergeFilters = bottomUp<LogicalPlan>("merge-filters", (node) => {
  if (node.kind !== "Filter" || node.input.kind !== "Filter") return undefined;
  const { predicate, input: inner } = node;
  const both = conjunction([inner.predicate, predicate]);
  return both === undefined ? undefined : new Filter(inner.input, both, inner.origin);
});
