import type { LogicalPlan } from "../ir/logical/index.ts";
import { checkIntegrity } from "./check-integrity.ts";
import type { Batch, RuleEvent as EventOf } from "./rule-executor.ts";
import type { RuleSettings } from "./rule.ts";
import { fixedPoint, once, runBatches } from "./rule-executor.ts";
import { combineProjections } from "./rules/combine-projections.ts";
import { foldConstants } from "./rules/fold-constants.ts";
import { mergeFilters } from "./rules/merge-filters.ts";
import { pruneColumns } from "./rules/prune-columns.ts";
import { pushFilterIntoScan } from "./rules/push-filter-into-scan.ts";
import { pushFilterThroughJoin } from "./rules/push-filter-through-join.ts";
import { pushFilterThroughProject } from "./rules/push-filter-through-project.ts";
import { removeIdentityProjections } from "./rules/remove-identity-projections.ts";

/** One effective application of a rule to a query's plan. */
export type RuleEvent = EventOf<LogicalPlan>;

export const batches: readonly Batch<LogicalPlan>[] = [
  // Constants first: a conjunct that always holds need not be moved, and a literal is cheap where an expression is not.
  { name: "simplify", strategy: once, rules: [foldConstants] },
  // Filters sink before projections combine: over a combined projection fewer of them read nothing but cheap columns. Merged
  // first, so that the other rules meet one filter; folded once substituted, for that brings literals into them.
  { name: "push-down", strategy: fixedPoint(), rules: [mergeFilters, pushFilterThroughProject, pushFilterThroughJoin, foldConstants, pushFilterIntoScan] },
  // Columns go before projections combine: a column that nobody reads must not count as read twice. Folding may free columns
  // again, hence the fixed point; an identity shows only when the lists are as short as they get.
  { name: "narrow", strategy: fixedPoint(), rules: [pruneColumns, combineProjections, foldConstants, removeIdentityProjections] },
];

/**
 * The same result at less cost: filters and columns move into the readers, constants are computed, projections combine.
 *
 * What holds of every rule: wherever the plan as written yields a result, the optimized one yields the same; no expression is
 * evaluated for a row that the plan keeps it from, so no failure is added. A failure of a value on which no output depends
 * may go away. Throws only for a bug of ours (`runBatches`). `onRule` hears of every effective application.
 */
export function optimize(plan: LogicalPlan, onRule?: (event: RuleEvent) => void, settings?: RuleSettings): LogicalPlan {
  return runBatches(plan, batches, checkIntegrity, onRule, settings);
}
