import { canFail } from "../../catalog/expressions/can-fail.ts";
import type { LogicalPlan } from "../../ir/logical/index.ts";
import { Filter } from "../../ir/logical/index.ts";
import { readsOnly } from "../analyses/reads-only.ts";
import { topDown } from "../rule.ts";
import { sinkConjuncts } from "../sink-conjuncts.ts";

/**
 * Carries a filter below an explode: `Filter(p, Explode(v, x))` → `Explode(v, Filter(p, x))`, where p does not read the element.
 *
 * Sound because every row that an explode makes of one row agrees with it in the columns of x: p is asked once instead of once
 * an element. What may fail stays, for it would be asked of rows without elements. A dropped row's v is no longer computed
 * and so cannot fail. Neither keeps state nor asks for the time; a row and its retraction are treated alike.
 */
export const pushFilterThroughExplode = topDown<LogicalPlan>("push-filter-through-explode", (node) => {
  if (node.kind !== "Filter" || node.input.kind !== "Explode") return undefined;
  const { input: explode, origin } = node;
  return sinkConjuncts(
    node,
    (conjunct) => conjunct.volatility !== "volatile" && readsOnly(conjunct, explode.input) && !canFail(conjunct),
    (condition) => explode.withChildren([new Filter(explode.input, condition, origin)]),
  );
});
