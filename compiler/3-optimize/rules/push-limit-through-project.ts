import type { LogicalPlan } from "../../ir/logical/index.ts";
import { Project } from "../../ir/logical/index.ts";
import { topDown } from "../rule.ts";

/**
 * Carries a limit below projections over a sort: `Limit(n, Project(e, Sort(x)))` → `Project(e, Limit(n, Sort(x)))`.
 *
 * Sound because a projection keeps the rows one by one and in their order, which the sort has made; so the same rows are the
 * first n, and next to the sort the limit keeps no more than n of them. Where rows have no order their content decides which
 * are the first, and the limit stays over the columns that it knows. e is computed for fewer rows, and can only fail for
 * fewer; a volatile e stays below, for its values are drawn row by row.
 */
export const pushLimitThroughProject = topDown<LogicalPlan>("push-limit-through-project", (node) => {
  if (node.kind !== "Limit" || node.input.kind !== "Project" || !isSorted(node.input)) return undefined;
  const { input: project } = node;
  return new Project(node.withChildren([project.input]), project.columns, project.origin);
});

function isSorted(node: LogicalPlan): boolean {
  if (node.kind === "Project") return !node.columns.some(({ expr }) => expr.volatility === "volatile") && isSorted(node.input);
  return node.kind === "Sort";
}
