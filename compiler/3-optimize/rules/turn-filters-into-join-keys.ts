import { canFail } from "../../catalog/expressions/can-fail.ts";
import type { Expr } from "../../ir/expr/index.ts";
import { columnsOf, conjunction } from "../../ir/expr/index.ts";
import type { Join, JoinEquality, LogicalPlan } from "../../ir/logical/index.ts";
import { Filter } from "../../ir/logical/index.ts";
import { isSettled } from "../analyses/is-settled.ts";
import { readsOnly } from "../analyses/reads-only.ts";
import { partConjuncts } from "../part-conjuncts.ts";
import { bottomUp } from "../rule.ts";

/**
 * Makes an equality of the two sides a key of the join below: `Filter(a = b and p, Join cross(l, r))` → `Filter(p, Join inner(l, r, a = b))`,
 * where a reads l alone and b r alone; over an inner join likewise.
 *
 * Sound because an inner join gives the pairs for which its condition is true, and a filter those of all pairs; the pairs come
 * in the same order. Keys are computed for every row of a side, also one that meets none, so what may fail is none; nor is what
 * goes by the clock, for a table is read once for many batches. Only where not both sides are streams: what such a join keeps in state hangs on its keys.
 */
export const turnFiltersIntoJoinKeys = bottomUp<LogicalPlan>("turn-filters-into-join-keys", (node) => {
  if (node.kind !== "Filter" || node.input.kind !== "Join") return undefined;
  const { predicate, input: join } = node;
  if ((join.joinKind !== "inner" && join.joinKind !== "cross") || (join.left.streaming && join.right.streaming)) return undefined;
  const { moving, staying } = partConjuncts(predicate, (conjunct) => keyOf(conjunct, join) !== undefined);
  if (moving.length === 0) return undefined;
  const equalities = [...join.equalities, ...moving.flatMap((conjunct) => keyOf(conjunct, join) ?? [])];
  const keyed = join.with({ joinKind: "inner", equalities });
  const left = conjunction(staying);
  return left === undefined ? keyed : new Filter(keyed, left, node.origin);
});

function keyOf(conjunct: Expr, join: Join): JoinEquality | undefined {
  if (conjunct.kind !== "Call" || (conjunct.name !== "=" && conjunct.name !== "is not distinct from")) return undefined;
  if (!isSettled(conjunct) || canFail(conjunct)) return undefined;
  const [a, b] = conjunct.args;
  if (a === undefined || b === undefined || columnsOf(a).size === 0 || columnsOf(b).size === 0) return undefined;
  const nullSafe = conjunct.name !== "=";
  if (readsOnly(a, join.left) && readsOnly(b, join.right)) return { left: a, right: b, nullSafe };
  return readsOnly(b, join.left) && readsOnly(a, join.right) ? { left: b, right: a, nullSafe } : undefined;
}
