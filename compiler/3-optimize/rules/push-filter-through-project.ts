import type { Expr } from "../../ir/expr/index.ts";
import { columnsOf, conjunction, substitute } from "../../ir/expr/index.ts";
import type { LogicalPlan } from "../../ir/logical/index.ts";
import { Filter, Project } from "../../ir/logical/index.ts";
import { isCheap } from "../analyses/is-cheap.ts";
import { partConjuncts } from "../part-conjuncts.ts";
import { bottomUp } from "../rule.ts";

/**
 * Carries a filter below a projection: `Filter(p, Project(e, x))` → `Project(e, Filter(p[e], x))`, each conjunct on its own.
 *
 * Sound because a projection keeps the rows one by one: p over the computed columns is p[e] over those below, for the same
 * rows. A conjunct moves only where all that it reads is cheap (nothing is computed twice), and one that may fail only
 * together with all before it. A projection with a volatile column is not passed: it would compute it for other rows. What a
 * dropped row would have computed is no longer computed and so cannot fail. Watermarks are not passed: the same rows are late.
 */
export const pushFilterThroughProject = bottomUp<LogicalPlan>("push-filter-through-project", (node) => {
  if (node.kind !== "Filter" || node.input.kind !== "Project") return undefined;
  const { predicate, input: project } = node;
  if (project.columns.some(({ expr }) => expr.volatility === "volatile")) return undefined;

  const computed = new Map(project.columns.map(({ id, expr }) => [id, expr]));
  const readsCheap = (conjunct: Expr): boolean =>
    [...columnsOf(conjunct)].every((id) => {
      const expr = computed.get(id);
      return expr !== undefined && isCheap(expr);
    });
  const { moving, staying } = partConjuncts(predicate, readsCheap);
  const below = conjunction(moving.map((conjunct) => substitute(conjunct, computed)));
  if (below === undefined) return undefined;
  const above = conjunction(staying);
  const pushed = new Project(new Filter(project.input, below, node.origin), project.columns, project.origin);
  return above === undefined ? pushed : new Filter(pushed, above, node.origin);
});
