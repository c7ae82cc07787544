import type { LogicalPlan } from "../ir/logical/index.ts";

/** One node of a plan as `explain` prints it; `depth` 0 is the root. */
export interface PlanLine {
  readonly depth: number;
  readonly text: string;
}

/** A plan as an indented tree: each node on a line (`describe`), its inputs below it, two spaces further in. No final line end. */
export function logicalPlanText(plan: LogicalPlan): string {
  return planLines(plan).map(indented).join("\n");
}

/** The same line by line, inputs after their node. */
export function planLines(plan: LogicalPlan, depth = 0): readonly PlanLine[] {
  return [{ depth, text: plan.describe() }, ...plan.children.flatMap((child) => planLines(child, depth + 1))];
}

export function indented({ depth, text }: PlanLine): string {
  return `${"  ".repeat(depth)}${text}`;
}
