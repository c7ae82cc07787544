import type { RowStep } from "./physical.ts";

/** Whether a step does nothing but pass a row or leave it out. */
export function isCondition(step: RowStep): boolean {
  return step.kind === "filter" || (step.kind === "lookup" && (step.match === "semi" || step.match === "anti"));
}
