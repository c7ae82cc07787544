import { sparkBatchTime, sparkWindowPart } from "../../diagnostics/catalogue/spark-steps.ts";
import type { ColumnId } from "../../ir/expr/expr.ts";
import { closingTime } from "../../ir/logical/event-times.ts";
import type { Aggregate, GroupColumn } from "../../ir/logical/plan.ts";
import { countOfRows } from "../expressions/count-of-rows.ts";
import type { Frame } from "../frame.ts";
import { columnArgument, columnAs, fieldOf } from "../python/column-argument.ts";
import { pyCall, pyDict, pyMethod, pyName, pyText, type Py } from "../python/py.ts";
import { tellsWhole, windowPartOf, windowTimeOf } from "./carried-window.ts";
import { columnsIn } from "./columns-in.ts";
import { markedAlias, unseenTimeOf, whyMarked } from "./event-time-mark.ts";
import { type Asked, frameOf } from "./frame-of.ts";
import type { FrameWriter } from "./frame-writer.ts";
import { NameSet } from "./name-set.ts";
import { windowCall } from "./window-call.ts";

/** A column of the result that comes of a key: it as it is, or a bound of a window. */
interface Output {
  readonly id: ColumnId;
  readonly as: string;
  readonly bound?: { readonly window: string; readonly part: "start" | "end" };
}

/** `groupBy` and `agg`. Windows are kept whole where a stateful step above may need their time; their bounds become columns. */
export function aggregateFrame(plan: Aggregate, asked: Asked, writer: FrameWriter): Frame {
  const { context } = writer;
  const at = plan.origin ?? context.at;
  const frame = withKeyTimes(plan, frameOf(plan.input, { ...asked, carries: plan.streaming }, writer), asked, writer);
  if (plan.perBatch && plan.streaming) context.tell(sparkBatchTime({ what: "aggregates of each batch alone" }).at(at).helped("leave `per batch` out, or group by a window over the rows' time"));
  const taken = new NameSet(plan.output.map(({ name }) => name));
  const own = new NameSet();
  // A window's start alone closes nothing: it is a time as any other.
  const closes = plan.streaming && closingTime(plan) !== undefined;
  const keys: Py[] = [];
  const outputs: Output[] = [];
  const windows = new Map<string, string>();
  const parts = plan.keys.flatMap((key) => windowPartOf(key.expr, frame, plan.input.eventTimes) ?? []);
  for (const item of plan.groups) {
    if (item.kind === "window") {
      const name = taken.add("window");
      keys.push(pyMethod(windowCall(item.window, frame, plan.input.eventTimes, plan.streaming, writer), "alias", [pyText(name)]));
      outputs.push({ id: item.window.startId, as: own.add("window_start"), bound: { window: name, part: "start" } }, { id: item.window.endId, as: own.add("window_end"), bound: { window: name, part: "end" } });
      continue;
    }
    const { id, name, expr } = item.key;
    const as = own.add(name);
    const found = closes ? windowPartOf(expr, frame, plan.input.eventTimes) : undefined;
    if (found !== undefined && found.part !== "window" && tellsWhole(parts, found.column)) {
      let window = windows.get(found.column);
      if (window === undefined) {
        window = taken.add(found.column);
        windows.set(found.column, window);
        keys.push(columnAs(found.column, window));
      }
      outputs.push({ id, as, bound: { window, part: found.part } });
      continue;
    }
    if (found?.part === "end") context.tell(sparkWindowPart({}).at(at).helped("group by `window_start` and `window_end` both"));
    keys.push(keyValue(item.key, as, frame, plan, writer));
    outputs.push({ id, as });
  }
  const aggregates = plan.aggregates.map(({ id, name, call }) => ({ id, as: own.add(name), value: writer.aggregate(call, frame, plan.streaming) }));
  const grouped = pyMethod(frame.value, "groupBy", keys);
  // Keys alone: Spark takes an aggregate at least, and leaves out one that nothing reads.
  const rowCount = taken.add("rows");
  const agg = aggregates.length > 0 ? aggregates.map(({ as, value }) => pyMethod(value, "alias", [pyText(as)])) : [pyMethod(countOfRows(), "alias", [pyText(rowCount)])];
  writer.assign(asked.variable, pyMethod(grouped, "agg", agg), plan.origin);
  // RemoveRedundantAggregates: what reads only the keys of an aggregate is given them without it, and with it goes the merging.
  if (plan.window?.kind === "session") {
    writer.assign(asked.variable, pyMethod(asked.variable, "observe", [pyText(writer.observed.add("sessions")), pyMethod(countOfRows(), "alias", [pyText("rows")])]), plan.origin, "observed, so that Spark merges sessions whatever reads them");
  }
  const names = new Map<ColumnId, string>([...outputs, ...aggregates].map(({ id, as }) => [id, as] as const));
  const bounds = outputs.flatMap(({ id, bound }) => (bound === undefined ? [] : [[id, bound.window] as const]));
  const carried = new Map(asked.carries ? bounds : []);
  if (bounds.length > 0) {
    const columns = outputs.map(({ as, bound }) => (bound === undefined ? columnArgument(as) : pyMethod(fieldOf(bound.window, bound.part), "alias", [pyText(as)])));
    writer.assign(asked.variable, pyMethod(asked.variable, "select", [...columns, ...aggregates.map(({ as }) => columnArgument(as)), ...[...new Set(carried.values())].map(columnArgument)]), plan.origin);
  } else if (aggregates.length === 0) writer.assign(asked.variable, pyMethod(asked.variable, "drop", [pyText(rowCount)]), plan.origin);
  return { value: asked.variable, names, carried };
}

/** Keys that are computed event time become columns before, marked as such: grouping by an expression loses its mark. */
function withKeyTimes(plan: Aggregate, frame: Frame, asked: Asked, writer: FrameWriter): Frame & { readonly keyTimes: ReadonlyMap<ColumnId, string> } {
  const taken = new NameSet(columnsIn(frame));
  const keys = plan.groups.flatMap((item) => {
    const time = plan.streaming && item.kind === "key" && windowPartOf(item.key.expr, frame, plan.input.eventTimes) === undefined ? unseenTimeOf(item.key.expr, frame, plan.input.eventTimes) : undefined;
    return time === undefined || item.kind !== "key" ? [] : [{ id: item.key.id, name: taken.add(item.key.name), value: writer.column(item.key.expr, frame), time }];
  });
  const keyTimes = new Map(keys.map(({ id, name }) => [id, name]));
  if (keys.length === 0) return { ...frame, keyTimes };
  writer.assign(asked.variable, pyMethod(frame.value, "withColumns", [pyDict(keys.map(({ name, value, time }) => [name, markedAlias(value, name, time)]))]), plan.origin, whyMarked);
  return { ...frame, value: asked.variable, keyTimes };
}

function keyValue({ id, expr }: GroupColumn, as: string, frame: Frame & { readonly keyTimes: ReadonlyMap<ColumnId, string> }, plan: Aggregate, writer: FrameWriter): Py {
  const marked = frame.keyTimes.get(id);
  if (marked !== undefined) return columnAs(marked, as);
  if (expr.kind === "ColumnRef" && frame.names.get(expr.id) === as) return columnArgument(as);
  const window = windowTimeOf(expr, frame, plan.input.eventTimes);
  return pyMethod(window === undefined ? writer.column(expr, frame) : pyCall(pyName("F.window_time"), [columnArgument(window)]), "alias", [pyText(as)]);
}
