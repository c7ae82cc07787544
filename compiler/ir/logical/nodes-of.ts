import type { LogicalPlan } from "./plan.ts";
import type { Scan } from "./scan.ts";

/** Every node of a plan, parents first. */
export function nodesOf(plan: LogicalPlan): readonly LogicalPlan[] {
  const nodes: LogicalPlan[] = [];
  plan.visit((node) => nodes.push(node));
  return nodes;
}

/** The scans of a plan, in the order in which they are written. */
export function scansOf(plan: LogicalPlan): readonly Scan[] {
  return nodesOf(plan).filter((node) => node.kind === "Scan");
}
