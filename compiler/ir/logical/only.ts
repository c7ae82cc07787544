import { internalError } from "../../diagnostics/internal-error.ts";
import type { LogicalPlan } from "./plan.ts";

/** The one child that a node is rebuilt over. */
export function only(children: readonly LogicalPlan[]): LogicalPlan {
  const [child] = children;
  return child ?? internalError("E9001", "a plan node was rebuilt without its input");
}
