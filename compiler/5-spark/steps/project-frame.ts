import type { ColumnId } from "../../ir/expr/expr.ts";
import type { EventTime } from "../../ir/logical/column.ts";
import { eventTimeOf } from "../../ir/logical/event-time-of.ts";
import type { Project, ProjectedColumn } from "../../ir/logical/plan.ts";
import type { Frame } from "../frame.ts";
import { columnArgument, columnAs } from "../python/column-argument.ts";
import { pyCall, pyDict, pyMethod, pyName, pyText, type Py } from "../python/py.ts";
import { windowPartOf, windowTimeOf } from "./carried-window.ts";
import { columnsIn } from "./columns-in.ts";
import { markedAlias, unseenTimeOf, whyMarked } from "./event-time-mark.ts";
import { type Asked, frameOf } from "./frame-of.ts";
import type { FrameWriter } from "./frame-writer.ts";
import { NameSet } from "./name-set.ts";

/** A projection: `withColumn` where it only adds or replaces columns, `drop` where it leaves few out, else `select`. */
export function projectFrame(plan: Project, asked: Asked, writer: FrameWriter): Frame {
  const frame = frameOf(plan.input, asked, writer);
  const taken = new NameSet();
  const columns = plan.columns.map((column) => ({ ...column, as: taken.add(column.name) }));
  const names = new Map(columns.map(({ id, as }) => [id, as]));
  const carried = asked.carries ? carriedThrough(plan, frame) : new Map<ColumnId, string>();
  // A window that is carried may have the name that the projection gives another column.
  const renamed = new Map([...new Set(carried.values())].map((name) => [name, taken.add(name)]));
  const result: Frame = { value: asked.variable, names, carried: new Map([...carried].map(([id, name]) => [id, renamed.get(name) ?? name])) };
  const before = columnsIn(frame);
  const isKept = (at: number): boolean => {
    const column = columns[at];
    return column !== undefined && column.expr.kind === "ColumnRef" && frame.names.get(column.expr.id) === column.as && column.as === before[at];
  };
  const valueOf = (column: ProjectedColumn): Py => {
    const window = windowTimeOf(column.expr, frame, plan.input.eventTimes);
    return window === undefined ? writer.column(column.expr, frame) : pyCall(pyName("F.window_time"), [columnArgument(window)]);
  };
  // A window of which a bound is taken is carried along, and is what has the time.
  const unseen = (column: ProjectedColumn): EventTime | undefined => (asked.carries && plan.streaming && !carried.has(column.id) ? unseenTimeOf(column.expr, frame, plan.input.eventTimes) : undefined);
  const why = plan.columns.some((column) => unseen(column) !== undefined) ? whyMarked : undefined;
  const own = [...frame.names.values()];
  const keepsAll = own.every((name, at) => columns[at]?.as === name) && before.length === own.length + renamed.size && [...renamed].every(([from, to]) => from === to);
  if (keepsAll) {
    const changed = columns.filter((_, at) => !isKept(at)).map((column) => {
      const time = unseen(column);
      return [column.as, time === undefined ? valueOf(column) : markedAlias(valueOf(column), column.as, time)] as const;
    });
    const [first] = changed;
    if (first !== undefined) {
      writer.assign(asked.variable, changed.length === 1 ? pyMethod(frame.value, "withColumn", [pyText(first[0]), first[1]]) : pyMethod(frame.value, "withColumns", [pyDict(changed)]), plan.origin, why);
    } else if (frame.value !== asked.variable) writer.assign(asked.variable, frame.value, plan.origin);
    return result;
  }
  const selected = columns.map((column) => {
    const { expr, as } = column;
    if (expr.kind === "ColumnRef" && frame.names.get(expr.id) === as) return columnArgument(as);
    const time = unseen(column);
    return time === undefined ? pyMethod(valueOf(column), "alias", [pyText(as)]) : markedAlias(valueOf(column), as, time);
  });
  const windows = [...renamed].map(([from, to]) => columnAs(from, to));
  const dropped = before.filter((name) => ![...names.values()].includes(name) && !renamed.has(name));
  const isDrop = dropped.length > 0 && dropped.length < before.length - dropped.length && [...selected.map((_, at) => columns[at]?.as), ...renamed.values()].join("\n") === before.filter((name) => !dropped.includes(name)).join("\n") && columns.every(({ expr, as }) => expr.kind === "ColumnRef" && frame.names.get(expr.id) === as);
  writer.assign(asked.variable, isDrop ? pyMethod(frame.value, "drop", dropped.map(pyText)) : pyMethod(frame.value, "select", [...selected, ...windows]), plan.origin, why);
  return result;
}

/** The windows of which a column is left, by the id that it has now. A start that is taken out of a record is no event time without its end. */
function carriedThrough({ columns, input }: Project, frame: Frame): ReadonlyMap<ColumnId, string> {
  const bounds = columns.flatMap(({ id, expr }) => {
    const role = eventTimeOf(expr, input.eventTimes)?.role;
    const window = role === "window start" || role === "window end" ? windowPartOf(expr, frame, input.eventTimes)?.column : undefined;
    return window === undefined ? [] : [{ id, window, isTime: role === "window end" || expr.kind === "ColumnRef" }];
  });
  return new Map(bounds.filter(({ window }) => bounds.some((other) => other.window === window && other.isTime)).map(({ id, window }) => [id, window] as const));
}
