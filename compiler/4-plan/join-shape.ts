import type { Expr } from "../ir/expr/expr.ts";
import type { Join, LogicalPlan } from "../ir/logical/plan.ts";
import type { LookupStep } from "../ir/physical/physical.ts";

/** A join as it is run: one side is loaded by key, the other's rows look up. */
export interface JoinShape {
  readonly loaded: LogicalPlan;
  readonly probe: LogicalPlan;
  readonly loadedKeys: readonly Expr[];
  readonly probeKeys: readonly Expr[];
  readonly match: LookupStep["match"];
  /** Which of the loaded rows come out in the end: those that nothing found, with nulls for the other side, or those found. */
  readonly rest: "none" | "unmatched" | "matched";
  /** Whether the rows of the probe side come out as well. */
  readonly emitsProbe: boolean;
}

/** A table beside a stream (or a stream's snapshot) is the side that is loaded; of two equals it is the right one. */
export function joinShape(plan: Join): JoinShape {
  const loadsLeft = !plan.left.streaming && plan.right.streaming;
  const left = plan.equalities.map((pair) => pair.left);
  const right = plan.equalities.map((pair) => pair.right);
  const sides = loadsLeft
    ? { loaded: plan.left, probe: plan.right, loadedKeys: left, probeKeys: right }
    : { loaded: plan.right, probe: plan.left, loadedKeys: right, probeKeys: left };
  const { joinKind } = plan;
  if (joinKind === "semi" || joinKind === "anti") {
    return loadsLeft
      ? { ...sides, match: "inner", rest: joinKind === "semi" ? "matched" : "unmatched", emitsProbe: false }
      : { ...sides, match: joinKind, rest: "none", emitsProbe: true };
  }
  const keeps = (side: "left" | "right"): boolean => joinKind === "full" || joinKind === side;
  const keepsProbe = keeps(loadsLeft ? "right" : "left");
  const keepsLoaded = keeps(loadsLeft ? "left" : "right");
  return { ...sides, match: keepsProbe ? "outer" : "inner", rest: keepsLoaded ? "unmatched" : "none", emitsProbe: true };
}
