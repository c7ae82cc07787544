import { sparkFuture, sparkIdle, sparkLateInto } from "../../diagnostics/catalogue/spark-steps.ts";
import type { Watermark } from "../../ir/logical/plan.ts";
import { countOfRows } from "../expressions/count-of-rows.ts";
import { nameIn, type Frame } from "../frame.ts";
import { columnArgument } from "../python/column-argument.ts";
import { pyMethod, pyText } from "../python/py.ts";
import { type Asked, frameOf } from "./frame-of.ts";
import type { FrameWriter } from "./frame-writer.ts";
import { intervalText } from "./interval-text.ts";
import { losesRows } from "./loses-rows.ts";

export function watermarkFrame(plan: Watermark, asked: Asked, writer: FrameWriter): Frame {
  const { column, columnName, delay, late, future, idle, operatorId } = plan.spec;
  const { context } = writer;
  const at = plan.origin ?? context.at;
  if (late?.kind === "into") context.tell(sparkLateInto({}).at(at).helped(`write \`late drop\`, or run this job on Node`));
  if (future !== undefined) context.tell(sparkFuture({}).at(at).helped(`take \`future after\` away; \`where ${columnName} < current_timestamp() + …\` before the watermark drops such rows`));
  if (idle !== undefined) context.tell(sparkIdle({}).at(at).helped("take `idle after` away, or write `option watermarkPolicy = \"max\"`"));
  const frame = frameOf(plan.input, asked, writer);
  const marked = pyMethod(frame.value, "withWatermark", [columnArgument(nameIn(frame, column)), pyText(intervalText(delay))]);
  if (plan.streaming && losesRows(plan, writer.plan)) {
    const observed = pyMethod(marked, "observe", [pyText(writer.observed.add(operatorId)), countOfRows()]);
    writer.assign(asked.variable, observed, plan.origin, "observed, so that Spark does not filter below the watermark, which is to see all rows");
  } else writer.assign(asked.variable, marked, plan.origin);
  return { ...frame, value: asked.variable };
}
