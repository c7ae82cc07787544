import type { LogicalPlan } from "../ir/logical/index.ts";
import type { Target } from "../ir/target.ts";
import { checkIntegrity } from "./check-integrity.ts";
import type { Batch, RuleEvent as EventOf } from "./rule-executor.ts";
import { forNode, type RuleSettings } from "./rule.ts";
import { fixedPoint, runBatches } from "./rule-executor.ts";
import { combineProjections } from "./rules/combine-projections.ts";
import { compareWithoutCasts } from "./rules/compare-without-casts.ts";
import { countRows } from "./rules/count-rows.ts";
import { dropImpliedNullTests } from "./rules/drop-implied-null-tests.ts";
import { foldConstants } from "./rules/fold-constants.ts";
import { mergeFilters } from "./rules/merge-filters.ts";
import { mergeUnions } from "./rules/merge-unions.ts";
import { narrowOuterJoins } from "./rules/narrow-outer-joins.ts";
import { pruneColumns } from "./rules/prune-columns.ts";
import { pushConditionIntoJoinSides } from "./rules/push-condition-into-join-sides.ts";
import { pushFilterIntoScan } from "./rules/push-filter-into-scan.ts";
import { pushFilterThroughAggregate } from "./rules/push-filter-through-aggregate.ts";
import { pushFilterThroughDedup } from "./rules/push-filter-through-dedup.ts";
import { pushFilterThroughExpand } from "./rules/push-filter-through-expand.ts";
import { pushFilterThroughExplode } from "./rules/push-filter-through-explode.ts";
import { pushFilterThroughJoin } from "./rules/push-filter-through-join.ts";
import { pushFilterThroughProject } from "./rules/push-filter-through-project.ts";
import { pushFilterThroughSort } from "./rules/push-filter-through-sort.ts";
import { pushFilterThroughTop } from "./rules/push-filter-through-top.ts";
import { pushFilterThroughUnion } from "./rules/push-filter-through-union.ts";
import { pushLimitThroughProject } from "./rules/push-limit-through-project.ts";
import { relaxFilterConditions } from "./rules/relax-filter-conditions.ts";
import { removeIdentityProjections } from "./rules/remove-identity-projections.ts";
import { removeNeedlessDedups } from "./rules/remove-needless-dedups.ts";
import { removeNeedlessSorts } from "./rules/remove-needless-sorts.ts";
import { simplifyCasts } from "./rules/simplify-casts.ts";
import { simplifyConditionals } from "./rules/simplify-conditionals.ts";
import { simplifyConditions } from "./rules/simplify-conditions.ts";
import { simplifyMembership } from "./rules/simplify-membership.ts";
import { turnFiltersIntoJoinKeys } from "./rules/turn-filters-into-join-keys.ts";

/** One effective application of a rule to a query's plan. */
export type RuleEvent = EventOf<LogicalPlan>;

export const batches: readonly Batch<LogicalPlan>[] = [
  // Constants first: a conjunct that always holds need not be moved, and a literal is cheap where an expression is not. Then what
  // is said shorter, which may be constant again; casts before comparisons, which see one cast. Conditions are relaxed
  // last, for what is left of them falls into conjuncts.
  {
    name: "simplify",
    strategy: fixedPoint(),
    rules: [foldConstants, simplifyCasts, compareWithoutCasts, simplifyMembership, simplifyConditionals, simplifyConditions, relaxFilterConditions, forNode(countRows)],
  },
  // Steps that do nothing go before filters sink, which then have less to pass.
  { name: "shorten", strategy: fixedPoint(), rules: [mergeUnions, removeNeedlessSorts, removeNeedlessDedups] },
  // Filters sink before projections combine: over a combined projection fewer of them read nothing but cheap columns. Merged
  // first, so that the other rules meet one filter. A join is narrowed before its filter leaves it, and takes its keys before;
  // folded once substituted, for that brings literals into them; the reader comes last, when nothing else can pass.
  {
    name: "push-down",
    strategy: fixedPoint(),
    rules: [
      mergeFilters,
      pushFilterThroughProject,
      narrowOuterJoins,
      turnFiltersIntoJoinKeys,
      pushConditionIntoJoinSides,
      pushFilterThroughJoin,
      pushFilterThroughUnion,
      pushFilterThroughExplode,
      pushFilterThroughExpand,
      pushFilterThroughSort,
      pushFilterThroughTop,
      pushFilterThroughDedup,
      pushFilterThroughAggregate,
      foldConstants,
      forNode(pushFilterIntoScan),
    ],
  },
  // Columns go before projections combine: a column that nobody reads must not count as read twice. Folding may free columns
  // again, hence the fixed point; an identity shows only when the lists are as short as they get. A limit meets its sort once
  // no projection is between them, and null tests are implied once a filter has all its conjuncts.
  { name: "narrow", strategy: fixedPoint(), rules: [pruneColumns, combineProjections, foldConstants, removeIdentityProjections, pushLimitThroughProject, forNode(dropImpliedNullTests)] },
];

/**
 * The same result at less cost: filters and columns move into the readers, constants are computed, conditions get shorter, joins
 * find their keys, projections combine, and what does nothing goes.
 *
 * What holds of every rule: wherever the plan as written yields a result, the optimized one yields the same; no expression is
 * evaluated for a row that the plan keeps it from, so no failure is added. A failure of a value on which no output depends
 * may go away. Throws only for a bug of ours (`runBatches`). `onRule` hears of every effective application.
 */
export function optimize(plan: LogicalPlan, onRule?: (event: RuleEvent) => void, settings?: RuleSettings, target: Target = "node"): LogicalPlan {
  return runBatches(plan, batchesFor(target), checkIntegrity, onRule, settings);
}

/** The names of the rules that pay in Node only. */
export const onlyForNode: ReadonlySet<string> = new Set(batches.flatMap(({ rules }) => rules.flatMap(({ name, target }) => (target === "node" ? [name] : []))));

/** The batches without the rules that pay for another target only. */
export function batchesFor(target: Target): readonly Batch<LogicalPlan>[] {
  return batches.map((batch) => ({ ...batch, rules: batch.rules.filter((rule) => rule.target === undefined || rule.target === target) }));
}
