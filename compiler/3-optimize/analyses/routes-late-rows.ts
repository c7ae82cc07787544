import type { LogicalPlan } from "../../ir/logical/index.ts";

/** Whether a watermark at or below a node sends rows that a stateful step sets aside into a side output. */
export function routesLateRows(node: LogicalPlan): boolean {
  if (node.kind === "Watermark" && (node.spec.late?.kind === "into" || node.spec.future?.route.kind === "into")) return true;
  return node.kind !== "Aggregate" && node.children.some(routesLateRows);
}
