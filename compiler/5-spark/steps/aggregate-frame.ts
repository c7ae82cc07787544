import { sparkBatchTime, sparkWindowPart } from "../../diagnostics/catalogue/spark-steps.ts";
import type { ColumnId, Expr } from "../../ir/expr/expr.ts";
import { closingTime } from "../../ir/logical/event-times.ts";
import type { Aggregate, GroupColumn } from "../../ir/logical/plan.ts";
import type { Frame } from "../frame.ts";
import { columnArgument, columnNamed, fieldOf, pyDict } from "../python/column-argument.ts";
import { pyCall, pyInt, pyMethod, pyName, pyText, type Py } from "../python/py.ts";
import { windowPartOf, windowTimeOf } from "./carried-window.ts";
import { columnsIn } from "./columns-in.ts";
import { markedAlias, unseenTimeOf, whyMarked } from "./event-time-mark.ts";
import { type Asked, frameOf } from "./frame-of.ts";
import type { FrameWriter } from "./frame-writer.ts";
import { NameSet } from "./name-set.ts";
import { windowCall } from "./window-call.ts";

/** A column that the rows are grouped by. */
interface GroupKey {
  /** What stands in `groupBy`. */
  readonly value: Py;
  /** Its name in the result. */
  readonly name: string;
}

/** A column of the output that comes of a window's. */
interface Part {
  readonly id: ColumnId;
  readonly name: string;
  readonly window: string;
  readonly part: "start" | "end";
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
  const keys: GroupKey[] = [];
  const parts: Part[] = [];
  const plain: (readonly [ColumnId, string])[] = [];
  const windows = new Map<string, string>();
  const order: (readonly [ColumnId, "plain" | "part"])[] = [];
  for (const item of plan.groups) {
    if (item.kind === "window") {
      const name = taken.add("window");
      keys.push({ value: pyMethod(windowCall(item.window, frame, plan.input.eventTimes, plan.streaming, writer), "alias", [pyText(name)]), name });
      parts.push({ id: item.window.startId, name: own.add("window_start"), window: name, part: "start" }, { id: item.window.endId, name: own.add("window_end"), window: name, part: "end" });
      order.push([item.window.startId, "part"], [item.window.endId, "part"]);
      continue;
    }
    const { id, name, expr } = item.key;
    const as = own.add(name);
    const found = closes ? windowPartOf(expr, frame, plan.input.eventTimes) : undefined;
    if (found !== undefined && found.part !== "window" && tellsWindow(plan, found.column, expr, frame)) {
      let window = windows.get(found.column);
      if (window === undefined) {
        window = taken.add(found.column);
        windows.set(found.column, window);
        keys.push({ value: window === found.column ? columnArgument(window) : pyMethod(columnNamed(found.column), "alias", [pyText(window)]), name: window });
      }
      parts.push({ id, name: as, window, part: found.part });
      order.push([id, "part"]);
      continue;
    }
    if (found?.part === "end") context.tell(sparkWindowPart({}).at(at).helped("group by `window_start` and `window_end` both"));
    keys.push({ value: keyValue(item.key, as, frame, plan, writer), name: as });
    plain.push([id, as]);
    order.push([id, "plain"]);
  }
  const aggregates = plan.aggregates.map(({ id, name, call }) => ({ id, as: own.add(name), value: writer.aggregate(call, frame, plan.streaming) }));
  const grouped = pyMethod(frame.value, "groupBy", keys.map(({ value }) => value));
  // Keys alone: Spark takes an aggregate at least, and leaves out one that nothing reads.
  const rowCount = taken.add("rows");
  const agg = aggregates.length > 0 ? aggregates.map(({ as, value }) => pyMethod(value, "alias", [pyText(as)])) : [pyMethod(pyCall(pyName("F.count"), [pyCall(pyName("F.lit"), [pyInt(1)])]), "alias", [pyText(rowCount)])];
  writer.assign(asked.variable, pyMethod(grouped, "agg", agg), plan.origin);
  // RemoveRedundantAggregates: what reads only the keys of an aggregate is given them without it, and with it goes the merging.
  if (plan.window?.kind === "session") {
    const counted = pyCall(pyName("F.count"), [pyCall(pyName("F.lit"), [pyInt(1)])]);
    writer.assign(asked.variable, pyMethod(asked.variable, "observe", [pyText(writer.observed.add("sessions")), pyMethod(counted, "alias", [pyText("rows")])]), plan.origin, "observed, so that Spark merges sessions whatever reads them");
  }
  const names = new Map<ColumnId, string>([...order.map(([id]) => [id, parts.find((part) => part.id === id)?.name ?? plain.find(([own]) => own === id)?.[1] ?? ""] as const), ...aggregates.map(({ id, as }) => [id, as] as const)]);
  const kept = asked.carries ? [...new Set(parts.map(({ window }) => window))] : [];
  if (parts.length > 0) {
    const columns = order.map(([id]) => {
      const part = parts.find((candidate) => candidate.id === id);
      if (part === undefined) return columnArgument(names.get(id) ?? "");
      return pyMethod(fieldOf(part.window, part.part), "alias", [pyText(part.name)]);
    });
    writer.assign(asked.variable, pyMethod(asked.variable, "select", [...columns, ...aggregates.map(({ as }) => columnArgument(as)), ...kept.map(columnArgument)]), plan.origin);
  } else if (aggregates.length === 0) writer.assign(asked.variable, pyMethod(asked.variable, "drop", [pyText(rowCount)]), plan.origin);
  const carried = new Map(kept.length === 0 ? [] : parts.map(({ id, window }) => [id, window] as const));
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

/** Whether the keys over a window tell it apart: it whole, a bound where all have one size, or both bounds. */
function tellsWindow(plan: Aggregate, column: string, expr: Expr, frame: Frame): boolean {
  const own = windowPartOf(expr, frame, plan.input.eventTimes);
  if (own?.tellsAll === true) return true;
  const parts = plan.keys.flatMap((key) => windowPartOf(key.expr, frame, plan.input.eventTimes) ?? []).filter((part) => part.column === column);
  return parts.some(({ tellsAll }) => tellsAll) || ["start", "end"].every((part) => parts.some((found) => found.part === part));
}

function keyValue({ id, expr }: GroupColumn, as: string, frame: Frame & { readonly keyTimes: ReadonlyMap<ColumnId, string> }, plan: Aggregate, writer: FrameWriter): Py {
  const marked = frame.keyTimes.get(id);
  if (marked !== undefined) return marked === as ? columnArgument(as) : pyMethod(columnNamed(marked), "alias", [pyText(as)]);
  if (expr.kind === "ColumnRef" && frame.names.get(expr.id) === as) return columnArgument(as);
  const window = windowTimeOf(expr, frame, plan.input.eventTimes);
  return pyMethod(window === undefined ? writer.column(expr, frame) : pyCall(pyName("F.window_time"), [columnArgument(window)]), "alias", [pyText(as)]);
}
