import { sparkBatchTime } from "../../diagnostics/catalogue/spark-steps.ts";
import { literal } from "../../ir/expr/build.ts";
import type { Expr } from "../../ir/expr/expr.ts";
import type { EventTime } from "../../ir/logical/column.ts";
import type { WindowKey } from "../../ir/logical/plan.ts";
import { stringType } from "../../ir/types/data-type.ts";
import type { Frame } from "../frame.ts";
import { columnArgument } from "../python/column-argument.ts";
import { pyBinary, pyCall, pyInt, pyMethod, pyName, pyText, type Py } from "../python/py.ts";
import { windowTimeOf } from "./carried-window.ts";
import type { FrameWriter } from "./frame-writer.ts";
import { intervalText } from "./interval-text.ts";

/** `F.window("t", "10 minutes", "5 minutes")`, or `F.session_window("t", "10 minutes")`, over the rows of a frame. */
export function windowCall(window: WindowKey, frame: Frame, live: readonly EventTime[], streaming: boolean, writer: FrameWriter): Py {
  const { context } = writer;
  if (streaming && (window.time.volatility === "batch" || (window.kind !== "session" && window.ofBatches === true))) {
    const what = window.kind !== "session" && window.ofBatches === true ? "windows over batches" : "windows over the time of the batch";
    context.tell(sparkBatchTime({ what }).at(window.origin ?? context.at).helped("take windows over a time of the rows, under a watermark"));
  }
  const time = timeArgument(window.time, frame, live, writer);
  if (window.kind === "session") return pyCall(pyName("F.session_window"), [time, gapArgument(window.gap, frame, writer)]);
  const { kind, size, slide, offset } = window;
  const spans = [pyText(intervalText(size)), ...(kind === "sliding" ? [pyText(intervalText(slide))] : [])];
  return pyCall(pyName("F.window"), [time, ...spans], offset === 0 ? {} : { startTime: pyText(intervalText(offset)) });
}

/** The last microsecond of a window is said by the window itself: Spark takes it as time. */
function timeArgument(time: Expr, frame: Frame, live: readonly EventTime[], writer: FrameWriter): Py {
  const window = windowTimeOf(time, frame, live);
  return window === undefined ? writer.argument(time, frame) : columnArgument(window);
}

/** A gap that rows decide is a text that Spark reads as an interval, where each case has a constant; else an interval of so many seconds. */
function gapArgument(gap: Expr, frame: Frame, writer: FrameWriter): Py {
  if (gap.kind === "Literal" && typeof gap.value === "number") return pyText(intervalText(gap.value));
  const texts = asTexts(gap);
  if (texts !== undefined) return writer.column(texts, frame);
  const epoch = pyCall(pyName("F.timestamp_micros"), [pyCall(pyName("F.lit"), [pyInt(0)])]);
  const micros = pyCall(pyName("F.unix_micros"), [pyBinary("+", epoch, writer.column(gap, frame))]);
  const seconds = pyBinary("/", pyMethod(micros, "cast", [pyText("decimal(20,0)")]), pyInt(1_000_000));
  return pyCall(pyName("F.make_interval"), [], { secs: pyMethod(seconds, "cast", [pyText("decimal(18,6)")]) });
}

function asTexts(gap: Expr): Expr | undefined {
  if (gap.kind === "Literal") return typeof gap.value === "number" ? literal(intervalText(gap.value), stringType) : gap.value === null ? literal(null, stringType) : undefined;
  if (gap.kind !== "Case") return undefined;
  const clauses = gap.clauses.flatMap(({ when, then }) => {
    const text = asTexts(then);
    return text === undefined ? [] : [{ when, then: text }];
  });
  const otherwise = gap.otherwise === undefined ? undefined : asTexts(gap.otherwise);
  if (clauses.length !== gap.clauses.length || (gap.otherwise !== undefined && otherwise === undefined)) return undefined;
  return { ...gap, type: stringType, clauses, otherwise };
}
