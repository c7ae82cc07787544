import type { Aggregate, LogicalPlan, Top } from "./plan.ts";

/** Whether an operator over a stream keeps its whole result, so that it can be had in every batch: an aggregate and a `top` do. */
export function isHolder(node: LogicalPlan): node is Aggregate | Top {
  return node.streaming && (node.kind === "Aggregate" || node.kind === "Top");
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
