import { sparkFirstRows } from "../../diagnostics/catalogue/spark-steps.ts";
import type { Limit } from "../../ir/logical/plan.ts";
import type { Frame } from "../frame.ts";
import { pyCall, pyInt, pyMethod, pyName, pyText } from "../python/py.ts";
import { type Asked, frameOf } from "./frame-of.ts";
import type { FrameWriter } from "./frame-writer.ts";
import { isAsRead } from "./is-as-read.ts";
import { tieKeys } from "./order-keys.ts";
import { writeStep } from "./write-step.ts";

/** `limit`. Rows without an order of their own are ordered by their content first, where they are all there at once. */
export function limitFrame(plan: Limit, asked: Asked, writer: FrameWriter): Frame {
  const { count, input } = plan;
  const { context } = writer;
  let frame = frameOf(input, asked, writer);
  if (input.kind !== "Sort" && (input.streaming || isAsRead(input))) context.tell(sparkFirstRows({ step: "limit" }).at(plan.origin ?? context.at).helped("put an `order by` before it, where there is one"));
  else if (input.kind !== "Sort") {
    const keys = tieKeys(input.output, [], frame);
    if (keys.length > 0) frame = { ...frame, value: pyMethod(frame.value, "orderBy", keys) };
  }
  const rows = count.kind === "ParamRef" ? pyCall(pyName("run.value"), [pyText(count.name)]) : pyInt(count.kind === "Literal" && (typeof count.value === "number" || typeof count.value === "bigint") ? count.value : 0);
  return writeStep(plan.origin, asked, writer, frame, "limit", [rows]);
}
