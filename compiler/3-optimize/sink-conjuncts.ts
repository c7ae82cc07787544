import type { Expr } from "../ir/expr/index.ts";
import { conjunction } from "../ir/expr/index.ts";
import type { LogicalPlan } from "../ir/logical/index.ts";
import { Filter } from "../ir/logical/index.ts";
import { partConjuncts } from "./part-conjuncts.ts";

/**
 * Carries those conjuncts of a filter that may move below the node under it: `below` puts them in, as one condition. The others
 * stay in a filter above. Undefined where none moves.
 */
export function sinkConjuncts(filter: Filter, mayMove: (conjunct: Expr) => boolean, below: (moving: Expr) => LogicalPlan): LogicalPlan | undefined {
  const { moving, staying } = partConjuncts(filter.predicate, mayMove);
  const condition = conjunction(moving);
  if (condition === undefined) return undefined;
  const above = conjunction(staying);
  const sunk = below(condition);
  return above === undefined ? sunk : new Filter(sunk, above, filter.origin);
}
