import type { Sort } from "../../ir/logical/plan.ts";
import type { Frame } from "../frame.ts";
import { type Asked, frameOf } from "./frame-of.ts";
import type { FrameWriter } from "./frame-writer.ts";
import { orderKeys, tieKeys } from "./order-keys.ts";
import { writeStep } from "./write-step.ts";

/** `orderBy` its items, then the other columns. */
export function sortFrame(plan: Sort, asked: Asked, writer: FrameWriter): Frame {
  const frame = frameOf(plan.input, asked, writer);
  return writeStep(plan.origin, asked, writer, frame, "orderBy", [...orderKeys(plan.items, frame, writer), ...tieKeys(plan.output, plan.items, frame)]);
}
