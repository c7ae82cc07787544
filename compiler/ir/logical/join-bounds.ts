import { call, columnRef, fieldAccess, literals } from "../expr/build.ts";
import type { ColumnId, Expr } from "../expr/expr.ts";
import { columnsOf, sameExpr } from "../expr/walk.ts";
import { timestampType } from "../types/data-type.ts";
import type { EventTime } from "./column.ts";
import { eventTimeOf } from "./event-time-of.ts";
import type { JoinEquality } from "./join.ts";
import type { LogicalPlan } from "./plan.ts";
import { timeInequalities, type TimeInequality } from "./time-inequality.ts";

/** How long a side of a join of two streams keeps a row: until `time <= watermark + offset` (semantics J2, J4, 0.7). */
export interface SideBound {
  /** An instant of the side's row; null: the row is kept until the end of input. */
  readonly time: Expr;
  /** Microseconds. */
  readonly offset: number;
  /** How far event time goes on past `time` before the row is given up, in microseconds: by the offset and the watermark's delay. */
  readonly span: number;
}

/** What bounds the two sides of a join of two streams, and by what their rows are late. */
export interface JoinBounds {
  /** Whether an event time is among the keys: both sides then go by it (J2). Otherwise each by the inequalities (J4). */
  readonly byKey: boolean;
  /** Undefined where nothing bounds the left side. */
  readonly left: SideBound | undefined;
  readonly right: SideBound | undefined;
  /** The instant of a left row that is late at or below the watermark; undefined where its rows have no event time, and none is late (J3). */
  readonly lateLeft: Expr | undefined;
  readonly lateRight: Expr | undefined;
}

/** What of a side decides how long the other one keeps its rows. */
export type TimedSide = Pick<LogicalPlan, "output" | "eventTimes">;

/** What of a join decides how long it keeps rows. */
export interface BoundedJoin {
  readonly left: TimedSide;
  readonly right: TimedSide;
  readonly equalities: readonly JoinEquality[];
  readonly residual: Expr | undefined;
}

const anySide = { left: false, right: false };

/** A millisecond less for what is not strict: a row at the bound itself is kept (J4). */
const step = 1000;

/**
 * Derives the bounds of a join of two streams (Spark: StreamingSymmetricHashJoinHelper.getStateWatermarkPredicates). By key where an
 * equality holds a live event time, on the left or else on the right. Otherwise each side by the
 * inequalities between an instant of its own, of whatever making, and the other side's live event time; of several over one
 * instant the one that keeps rows longest, over several instants those of the side's own event time or else of the first.
 */
export function joinBounds(join: BoundedJoin): JoinBounds {
  return keyBounds(join) ?? rangeBounds(join);
}

/** The bounds by a key, where one holds an event time: on a side that must have it (`needs`) too. */
export function keyBounds({ left, right, equalities }: BoundedJoin, needs: { readonly left: boolean; readonly right: boolean } = anySide): JoinBounds | undefined {
  const timed = equalities
    .map((pair) => ({ pair, ofLeft: eventTimeOf(pair.left, left.eventTimes), ofRight: eventTimeOf(pair.right, right.eventTimes) }))
    .filter(({ ofLeft, ofRight }) => (!needs.left || ofLeft !== undefined) && (!needs.right || ofRight !== undefined));
  const found =
    timed.find(({ ofLeft }) => isEnd(ofLeft)) ?? timed.find(({ ofRight }) => isEnd(ofRight)) ?? timed.find(({ ofLeft }) => ofLeft?.size !== undefined) ?? timed.find(({ ofRight }) => ofRight?.size !== undefined);
  if (found === undefined) return undefined;
  const { pair, ofLeft, ofRight } = found;
  const time = [ofLeft, ofRight].find(isEnd) ?? ofLeft ?? ofRight;
  if (time === undefined) return undefined;
  // A window that begins at the key's time can come until it ends: of two that begin together, until the longer one ends.
  const open = Math.max(...[ofLeft, ofRight].map((one) => (one?.role === "window start" ? (one.size ?? 0) : 0)));
  const bound = (expr: Expr): SideBound => ({ time: later(instant(expr), open), offset: 0, span: time.delay });
  return {
    byKey: true,
    left: bound(pair.left),
    right: bound(pair.right),
    lateLeft: ofLeft === undefined ? firstLive(left) : closing(pair.left, ofLeft),
    lateRight: ofRight === undefined ? firstLive(right) : closing(pair.right, ofRight),
  };
}

/** The bounds by the inequalities of the condition. */
export function rangeBounds({ left, right, residual }: BoundedJoin): JoinBounds {
  const inequalities = timeInequalities(residual);
  const ofLeft = solve(inequalities, left, right);
  const ofRight = solve(inequalities, right, left);
  return { byKey: false, left: ofLeft?.bound, right: ofRight?.bound, lateLeft: ofRight?.against ?? firstLive(left), lateRight: ofLeft?.against ?? firstLive(right) };
}

/** An inequality as `own > watermark of against + offset`. */
interface Solved {
  readonly own: Expr;
  readonly against: Expr;
  readonly time: EventTime;
  readonly offset: number;
  readonly span: number;
}

function solve(inequalities: readonly TimeInequality[], side: TimedSide, other: TimedSide): { readonly bound: SideBound; readonly against: Expr } | undefined {
  const all = inequalities.flatMap((inequality) => solved(inequality, side, other) ?? []);
  const byOne = all.filter(({ time }) => time.column === all[0]?.time.column);
  const first = byOne.find(({ own }) => isEnd(eventTimeOf(own, side.eventTimes))) ?? byOne[0];
  if (first === undefined) return undefined;
  const { own, against, time } = first;
  const longest = byOne.filter((one) => sameExpr(one.own, own)).reduce((a, b) => (b.offset < a.offset ? b : a));
  return { bound: { time: own, offset: longest.offset, span: longest.span }, against: closing(against, time) };
}

function solved({ terms, constant, strict }: TimeInequality, side: TimedSide, other: TimedSide): Solved | undefined {
  const mine = terms.filter(({ expr }) => within(expr, side));
  const [its, ...others] = terms.filter(({ expr }) => within(expr, other));
  if (its?.sign !== 1 || others.length > 0 || mine.length + 1 < terms.length) return undefined;
  const time = eventTimeOf(its.expr, other.eventTimes);
  const own = instantOf(mine);
  if (time === undefined || own === undefined || its.expr.type.kind !== "timestamp") return undefined;
  // All that is known of a window's start is that its end is still to come.
  const back = time.role === "window start" ? time.size : 0;
  return back === undefined ? undefined : { own, against: its.expr, time, offset: constant - back - (strict ? 0 : step), span: time.delay + back - constant };
}

/** The instant that is taken away, with the row's own durations: `expires`, or `at + length`. */
function instantOf(terms: readonly { readonly expr: Expr; readonly sign: 1 | -1 }[]): Expr | undefined {
  const [start, ...more] = terms.filter(({ expr }) => expr.type.kind === "timestamp");
  if (start?.sign !== -1 || more.length > 0 || terms.some(({ expr }) => expr.volatility !== "immutable" && expr.volatility !== "start")) return undefined;
  return terms.filter((term) => term !== start).reduce((sum, { expr, sign }) => call(sign === -1 ? "+" : "-", [sum, expr], timestampType, sum.nullable || expr.nullable, "immutable", sum.origin), start.expr);
}

/** The instant at which an event time is passed: of a window its end. */
function closing(expr: Expr, { role, size }: EventTime): Expr {
  return role === "window start" && size !== undefined ? later(expr, size) : instant(expr);
}

/** Of a window's record its end. */
export function instant(expr: Expr): Expr {
  if (expr.kind === "MakeRecord") return expr.values[1] ?? expr;
  return expr.type.kind === "record" ? fieldAccess(expr, "end", timestampType, false, expr.origin) : expr;
}

function later(expr: Expr, microseconds: number): Expr {
  return microseconds === 0 ? expr : call("+", [expr, literals.duration(microseconds)], timestampType, expr.nullable, "immutable", expr.origin);
}

/** The first event time of a side that none of the conditions names. */
function firstLive({ eventTimes, output }: TimedSide): Expr | undefined {
  const time = eventTimes.find(isEnd);
  const column = output.find(({ id }) => id === time?.column);
  if (time === undefined || column === undefined) return undefined;
  return instant(columnRef(column.id, column.name, column.type, column.nullable));
}

function isEnd(time: EventTime | undefined): boolean {
  return time !== undefined && time.role !== "window start";
}

function within(expr: Expr, side: TimedSide): boolean {
  const own = new Set<ColumnId>(side.output.map(({ id }) => id));
  const columns = [...columnsOf(expr)];
  return columns.length > 0 && columns.every((id) => own.has(id));
}
