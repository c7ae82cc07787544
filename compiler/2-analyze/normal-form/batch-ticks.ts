import { windowOfBatches } from "../../diagnostics/catalogue/streaming.ts";
import { call, fieldAccess, literals } from "../../ir/expr/build.ts";
import { durationWords } from "../../ir/expr/duration-words.ts";
import type { Trigger } from "../../ir/logical/job.ts";
import type { FixedWindowKey, GroupItem, LogicalPlan } from "../../ir/logical/plan.ts";
import { Aggregate } from "../../ir/logical/plan.ts";
import { timestampType, windowType } from "../../ir/types/data-type.ts";
import type { Span } from "../../source/span.ts";
import type { JobContext } from "../job-context.ts";

/**
 * Brings windows over batches into windows over the clock (DStream's `window`, `reduceByKeyAndWindow`): a batch belongs to the tick of its trigger at or before its clock,
 * and a tick T to the windows with end − size < T <= end. So its rows get the time T − 1 µs, and the windows end at multiples of the slide: those that end at T come out with
 * the very batch of T. The interval is the trigger's, which a stream does not know before it meets a sink.
 */
export function onBatchTicks(plan: LogicalPlan, trigger: Trigger, at: Span, job: JobContext): LogicalPlan {
  return plan.transformUp((node) => {
    if (node.kind !== "Aggregate" || node.window?.kind === "session" || node.window?.ofBatches !== true) return node;
    const interval = intervalFor(node.window, trigger, at, job);
    if (interval === undefined) return node;
    const groups = node.groups.map((item): GroupItem => (item.kind === "window" && item.window.kind !== "session" ? { kind: "window", window: onTicks(item.window, interval) } : item));
    return new Aggregate(node.input, groups, node.aggregates, node.operatorId, node.origin, node.late, node.perBatch);
  });
}

function onTicks(window: FixedWindowKey, interval: number): FixedWindowKey {
  const { time, size, slide, origin } = window;
  const tick = call("tumbling", [time, literals.duration(interval), literals.duration(-1)], windowType, false, "immutable", origin);
  return { ...window, time: fieldAccess(tick, "start", timestampType, false, origin), offset: (slide - (size % slide)) % slide };
}

/** The trigger's interval, of which both figures are multiples; undefined after a report. */
function intervalFor({ size, slide, origin }: FixedWindowKey, trigger: Trigger, at: Span, job: JobContext): number | undefined {
  const place = origin ?? at;
  if (trigger.kind !== "every") {
    job.report(windowOfBatches({ message: "a window over batches needs batches at fixed times" }).at(place).also(at, "this sink has no `trigger every`").helped(`add \`trigger every ${durationWords(slide)}\` to the sink`));
    return undefined;
  }
  const { interval } = trigger;
  if (interval.kind !== "Literal" || typeof interval.value !== "number" || interval.value <= 0) {
    job.report(windowOfBatches({ message: "a window over batches must know the trigger's interval when the job is compiled" }).at(place).also(interval.origin ?? at, "known only at start").helped("write the duration: `trigger every 10 seconds`"));
    return undefined;
  }
  const step = interval.value;
  const odd = [size, slide].find((length) => length % step !== 0);
  if (odd === undefined) return step;
  job.report(windowOfBatches({ message: `${durationWords(odd)} is no multiple of the trigger's interval of ${durationWords(step)}` }).at(place).labelled("holds whole batches").also(interval.origin ?? at, "the interval").helped("write multiples of the interval, or another trigger"));
  return undefined;
}
