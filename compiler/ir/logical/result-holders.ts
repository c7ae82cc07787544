import type { Aggregate, LogicalPlan, Top, UserState } from "./plan.ts";

/** Whether an operator over a stream keeps its whole result, so that it can be had in every batch: a `top` does, an aggregate that is not `per batch`, and a `state` whose result is a table. */
export function isHolder(node: LogicalPlan): node is Aggregate | Top | UserState {
  return node.streaming && ((node.kind === "Aggregate" && !node.perBatch) || node.kind === "Top" || (node.kind === "UserState" && node.spec.kind === "update"));
}

/** Whether such an operator stands below a node (`itself`: or is the node). */
export function holdsResult(node: LogicalPlan, itself: boolean): boolean {
  return (itself && isHolder(node)) || node.children.some((child) => holdsResult(child, true));
}

/** Whether a node's whole result can be had in every batch of complete mode: on each path down to a stream something holds a result. */
export function isWhole(node: LogicalPlan): boolean {
  return !node.streaming || isHolder(node) || (node.children.length > 0 && node.children.every(isWhole));
}

/** Whether rows may be taken back behind a node in some mode: it has groups, a `top`, or a join of two streams that gives rows for want of a match. */
export function mayChange(node: LogicalPlan): boolean {
  if (isHolder(node)) return true;
  const takesBack = node.kind === "Join" && node.left.streaming && node.right.streaming && node.joinKind !== "inner" && node.joinKind !== "cross" && node.joinKind !== "semi";
  return takesBack || node.children.some(mayChange);
}
