import { callsUser } from "../../ir/expr/calls-user.ts";
import { conjunction, conjunctsOf } from "../../ir/expr/conjuncts.ts";
import type { Expr } from "../../ir/expr/expr.ts";
import type { LogicalPlan } from "../../ir/logical/plan.ts";
import type { Frame } from "../frame.ts";
import type { Py } from "../python/py.ts";
import { aggregateFrame } from "./aggregate-frame.ts";
import { dedupFrame } from "./dedup-frame.ts";
import { expandFrame } from "./expand-frame.ts";
import { explodeFrame } from "./explode-frame.ts";
import type { FrameWriter } from "./frame-writer.ts";
import { joinFrame } from "./join-frame.ts";
import { limitFrame } from "./limit-frame.ts";
import { projectFrame } from "./project-frame.ts";
import { scanFrame } from "./scan-frame.ts";
import { sortFrame } from "./sort-frame.ts";
import { topFrame } from "./top-frame.ts";
import { unionFrame } from "./union-frame.ts";
import { userStepFrame } from "./user-step-frame.ts";
import { watermarkFrame } from "./watermark-frame.ts";
import { writeStep } from "./write-step.ts";

/** What is asked of the frame of a plan. */
export interface Asked {
  /** The variable that the statements assign to. */
  readonly variable: Py;
  /** Whether a stateful step above may need a window's event time, so that windows are carried along. */
  readonly carries: boolean;
}

/** Writes the statements of a plan and gives the frame that they end with. What Spark has no word for is told, and writing goes on. */
export function frameOf(plan: LogicalPlan, asked: Asked, writer: FrameWriter): Frame {
  switch (plan.kind) {
    case "Scan":
      return scanFrame(plan, asked, writer);
    case "Filter": {
      const frame = frameOf(plan.input, asked, writer);
      return conditionsOf(plan.predicate).reduce((rows, predicate) => writeStep(plan.origin, asked, writer, rows, "where", [writer.column(predicate, rows)]), frame);
    }
    case "Project":
      return projectFrame(plan, asked, writer);
    case "Watermark":
      return watermarkFrame(plan, asked, writer);
    case "Explode":
      return explodeFrame(plan, asked, writer);
    case "Expand":
      return expandFrame(plan, asked, writer);
    case "Aggregate":
      return aggregateFrame(plan, asked, writer);
    case "Join":
      return joinFrame(plan, asked, writer);
    case "Union":
      return unionFrame(plan, asked, writer);
    case "Top":
      return topFrame(plan, asked, writer);
    case "Dedup":
      return dedupFrame(plan, asked, writer);
    case "Sort":
      return sortFrame(plan, asked, writer);
    case "Limit":
      return limitFrame(plan, asked, writer);
    case "Apply":
    case "UserState":
      return userStepFrame(plan, asked, writer);
  }
}

/** A condition in parts that are asked one after the other: what calls an imported function is asked of the rows only that pass what stands before it. */
function conditionsOf(predicate: Expr): readonly Expr[] {
  if (!callsUser(predicate)) return [predicate];
  return conjunctsOf(predicate).reduce<readonly Expr[]>((parts, part) => {
    const last = parts.at(-1);
    if (last === undefined || callsUser(last) || callsUser(part)) return [...parts, part];
    return [...parts.slice(0, -1), conjunction([last, part]) ?? part];
  }, []);
}
