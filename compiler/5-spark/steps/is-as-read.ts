import type { LogicalPlan } from "../../ir/logical/plan.ts";

/** Whether rows come in the order in which they are read: what made them did so row by row. */
export function isAsRead(plan: LogicalPlan): boolean {
  switch (plan.kind) {
    case "Scan":
      return true;
    case "Filter":
    case "Project":
    case "Watermark":
    case "Explode":
    case "Expand":
    case "Limit":
    case "Dedup":
    case "Union":
    case "Join":
      return plan.children.every(isAsRead);
    case "Aggregate":
    case "Top":
    case "Sort":
    case "Apply":
    case "UserState":
      return false;
  }
}
