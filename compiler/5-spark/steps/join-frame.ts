import { callInJoinOnSpark } from "../../diagnostics/catalogue/spark-functions.ts";
import { sparkJoinLatest, sparkWindowPart } from "../../diagnostics/catalogue/spark-steps.ts";
import { callsUser } from "../../ir/expr/calls-user.ts";
import { conjunctsOf } from "../../ir/expr/conjuncts.ts";
import type { ColumnId } from "../../ir/expr/expr.ts";
import { columnsOf } from "../../ir/expr/walk.ts";
import type { Join, JoinEquality, LogicalPlan } from "../../ir/logical/plan.ts";
import type { Frame } from "../frame.ts";
import { columnArgument, columnNamed } from "../python/column-argument.ts";
import { pyBinary, pyCall, pyDict, pyMethod, pyName, pyText, type Py } from "../python/py.ts";
import { tellsWhole, windowPartOf, type WindowPart } from "./carried-window.ts";
import { columnsIn } from "./columns-in.ts";
import { type Asked, frameOf } from "./frame-of.ts";
import type { FrameWriter } from "./frame-writer.ts";
import { NameSet } from "./name-set.ts";

const kinds = { inner: "inner", left: "left", right: "right", full: "full", semi: "left_semi", anti: "left_anti", cross: "cross" } as const;

/** A join. Columns of the right side whose names the left one has get others first, so that every name means one column. */
export function joinFrame(plan: Join, asked: Asked, writer: FrameWriter): Frame {
  const { context } = writer;
  const at = plan.origin ?? context.at;
  if (plan.sides.latest === true) context.tell(sparkJoinLatest({}).at(at).helped("join with a table, or on a window that both sides have"));
  if (plan.residual !== undefined && callsUser(plan.residual)) context.tell(callInJoinOnSpark({}).at(plan.residual.origin ?? at).helped("compute it before the join, in an `extend` of one side, or test it behind an inner join, in a `where`"));
  const areStreams = plan.left.streaming && plan.right.streaming;
  const carries = asked.carries || areStreams;
  const left = frameOf(plan.left, { variable: asked.variable, carries }, writer);
  const variable = writer.scope.name(writer.wordFor(plan.right));
  const right = renamed(frameOf(plan.right, { variable, carries }, writer), left, plan, variable, writer);
  const both: Frame = { value: asked.variable, names: new Map([...left.names, ...right.names]), carried: new Map([...left.carried, ...right.carried]) };
  const conditions = [...conditionsOf(plan, left, right, areStreams, writer), ...(plan.residual === undefined ? [] : conjunctsOf(plan.residual).map((part) => writer.column(part, both)))];
  const [first, ...others] = conditions;
  const value =
    first === undefined
      ? unconditioned(plan, left, right)
      : pyMethod(left.value, "join", [right.value, others.reduce((all, condition) => pyBinary("&", all, condition), first), pyText(kinds[plan.joinKind === "cross" ? "inner" : plan.joinKind])]);
  writer.assign(asked.variable, value, plan.origin);
  const times = areStreams ? timesToKeep(plan, both, writer) : [];
  if (times.length > 0) {
    const newest = times.map((name) => pyMethod(pyCall(pyName("F.max"), [columnArgument(name)]), "alias", [pyText(name)]));
    writer.assign(asked.variable, pyMethod(asked.variable, "observe", [pyText(writer.observed.add("join")), ...newest]), plan.origin, "observed, so that Spark keeps the event time below, by which late rows are dropped");
  }
  const isHalf = plan.joinKind === "semi" || plan.joinKind === "anti";
  return isHalf ? { ...left, value: asked.variable } : both;
}

/** The event times that neither the join nor, so far as its rows show, a step above reads: Spark would leave them out below, and with them what drops late rows. */
function timesToKeep({ left, right, joinKind, equalities, residual }: Join, { names, carried }: Frame, writer: FrameWriter): readonly string[] {
  const conditions = [...equalities.flatMap((pair) => [pair.left, pair.right]), ...(residual === undefined ? [] : [residual])];
  const read = new Set([...conditions.flatMap((condition) => [...columnsOf(condition)]), ...writer.plan.output.map(({ id }) => id)]);
  const sides = joinKind === "semi" || joinKind === "anti" ? [left] : [left, right];
  return sides.flatMap(({ eventTimes }) => {
    if (eventTimes.some(({ column }) => read.has(column))) return [];
    return eventTimes.flatMap(({ column }) => carried.get(column) ?? names.get(column) ?? []).slice(0, 1);
  });
}

function unconditioned({ joinKind }: Join, left: Frame, right: Frame): Py {
  if (joinKind === "inner" || joinKind === "cross") return pyMethod(left.value, "crossJoin", [right.value]);
  return pyMethod(left.value, "join", [right.value], { how: pyText(kinds[joinKind]) });
}

/** The equalities. Those of a window's bounds are said of the window, which has the event time. */
function conditionsOf({ equalities, left, right, origin, joinKind }: Join, leftFrame: Frame, rightFrame: Frame, areStreams: boolean, writer: FrameWriter): readonly Py[] {
  const conditions: Py[] = [];
  const said = new Set<string>();
  for (const equality of equalities) {
    const windows = areStreams ? sameWindows(equality, left, right, leftFrame, rightFrame) : undefined;
    const tells = windows !== undefined && tellsWindows(equality, windows, equalities, left, right, leftFrame, rightFrame);
    if (windows !== undefined && tells) {
      const key = `${windows[0].column}\n${windows[1].column}\n${equality.nullSafe ? "1" : ""}`;
      if (!said.has(key)) conditions.push(equal(columnNamed(windows[0].column), columnNamed(windows[1].column), equality.nullSafe));
      said.add(key);
      continue;
    }
    if (windows !== undefined && windows[0].part !== "start") writer.context.tell(sparkWindowPart({}).at(origin ?? writer.context.at).helped("join on `window_start` and `window_end` both"));
    const [ours, theirs] = [writer.column(equality.left, leftFrame), writer.column(equality.right, rightFrame)];
    conditions.push(equal(ours, theirs, equality.nullSafe));
    // Of two streams Spark finds null keys by their bytes, which are equal, where nothing tests them: it adds such a test to all kinds of join but this one.
    if (areStreams && joinKind === "full" && !equality.nullSafe && equality.left.nullable && equality.right.nullable) conditions.push(pyBinary("|", pyMethod(ours, "isNotNull"), pyMethod(theirs, "isNotNull")));
  }
  return conditions;
}

function sameWindows(equality: JoinEquality, left: LogicalPlan, right: LogicalPlan, leftFrame: Frame, rightFrame: Frame): readonly [WindowPart, WindowPart] | undefined {
  const a = windowPartOf(equality.left, leftFrame, left.eventTimes);
  const b = windowPartOf(equality.right, rightFrame, right.eventTimes);
  return a !== undefined && b !== undefined && a.part === b.part ? [a, b] : undefined;
}

/** Whether equal parts mean equal windows: the whole, or both bounds. */
function tellsWindows(equality: JoinEquality, [a, b]: readonly [WindowPart, WindowPart], all: readonly JoinEquality[], left: LogicalPlan, right: LogicalPlan, leftFrame: Frame, rightFrame: Frame): boolean {
  const parts = all.flatMap((candidate) => {
    const [ours, theirs] = (candidate.nullSafe === equality.nullSafe ? sameWindows(candidate, left, right, leftFrame, rightFrame) : undefined) ?? [];
    if (ours === undefined || theirs?.column !== b.column) return [];
    return [{ ...ours, tellsAll: ours.part === "window" || (ours.size !== undefined && ours.size === theirs.size) }];
  });
  return tellsWhole(parts, a.column);
}

function equal(left: Py, right: Py, nullSafe: boolean): Py {
  return nullSafe ? pyMethod(left, "eqNullSafe", [right]) : pyBinary("==", left, right);
}

/** The right side with names that the left one has not. */
function renamed(right: Frame, left: Frame, plan: Join, variable: Py, writer: FrameWriter): Frame {
  const taken = new NameSet([...columnsIn(left), ...columnsIn(right)]);
  const clashing = columnsIn(right).filter((name) => columnsIn(left).includes(name));
  if (clashing.length === 0) return right;
  const others = new Map(clashing.map((name) => [name, taken.add(name)]));
  writer.assign(variable, pyMethod(right.value, "withColumnsRenamed", [pyDict([...others].map(([from, to]) => [from, pyText(to)]))]), plan.origin);
  const rename = (names: ReadonlyMap<ColumnId, string>): ReadonlyMap<ColumnId, string> => new Map([...names].map(([id, name]) => [id, others.get(name) ?? name]));
  return { value: variable, names: rename(right.names), carried: rename(right.carried) };
}
