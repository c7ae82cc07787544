import type { LogicalPlan } from "../ir/logical/plan.ts";

/** Whether two uses of a stream are the same plan, columns apart. */
export function sameText(a: LogicalPlan, b: LogicalPlan): boolean {
  return a.describe() === b.describe() && a.children.every((child, at) => {
    const other = b.children[at];
    return other !== undefined && sameText(child, other);
  });
}
