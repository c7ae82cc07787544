import { sparkFirstRows } from "../../diagnostics/catalogue/spark-steps.ts";
import { internalError } from "../../diagnostics/internal-error.ts";
import type { Expr } from "../../ir/expr/expr.ts";
import type { Limit } from "../../ir/logical/plan.ts";
import type { Frame } from "../frame.ts";
import { pyCall, pyInt, pyMethod, pyName, pyText, type Py } from "../python/py.ts";
import { type Asked, frameOf } from "./frame-of.ts";
import type { FrameWriter } from "./frame-writer.ts";
import { orderKeys, tieKeys } from "./order-keys.ts";
import { rowOrder } from "./row-order.ts";
import { writeStep } from "./write-step.ts";

/** `limit`, of rows in the order that decides which are the first: where Spark does not have them in it they are put into it, or it is told that no order is certain. */
export function limitFrame(plan: Limit, asked: Asked, writer: FrameWriter): Frame {
  const { input } = plan;
  const frame = frameOf(input, asked, writer);
  return writeStep(plan.origin, asked, writer, { ...frame, value: inOrder(plan, frame, writer) }, "limit", [rowsOf(plan.count)]);
}

function inOrder({ input, origin }: Limit, frame: Frame, writer: FrameWriter): Py {
  const order = rowOrder(input);
  // Spark takes a limit over a sort for one thing.
  if (input.kind === "Sort" || order === "kept") return frame.value;
  if (order === "read" || order === "lost" || (order === "content" && input.streaming)) {
    const help = order === "lost" ? "put the `order by` right before it" : "put an `order by` before it, where there is one";
    writer.context.tell(sparkFirstRows({ step: "limit", ...(order === "lost" ? { orderIsLost: true } : {}) }).at(origin ?? writer.context.at).helped(help));
    return frame.value;
  }
  const items = order === "content" ? [] : order;
  const keys = [...orderKeys(items, frame, writer), ...tieKeys(input.output, items, frame)];
  return keys.length === 0 ? frame.value : pyMethod(frame.value, "orderBy", keys);
}

function rowsOf(count: Expr): Py {
  if (count.kind === "ParamRef") return pyCall(pyName("run.value"), [pyText(count.name)]);
  if (count.kind === "Literal" && (typeof count.value === "number" || typeof count.value === "bigint")) return pyInt(count.value);
  return internalError("E9007", "the count of a limit is neither a number nor a param");
}
