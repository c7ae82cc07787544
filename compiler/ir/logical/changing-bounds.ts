import { columnRef } from "../expr/build.ts";
import type { EventTime } from "./column.ts";
import { eventTimeOf } from "./event-time-of.ts";
import { instant, joinBounds, keyBounds, rangeBounds, type BoundedJoin, type JoinBounds, type SideBound, type TimedSide } from "./join-bounds.ts";

/** What is known of the rows of a join's side. */
export interface SideRows {
  /** Whether they may be taken back. */
  readonly changes: boolean;
  /** The event times at whose passing a row changes no more. */
  readonly settledBy: readonly EventTime[];
}

/** No row is late, and none is given up: what a join below a complete result does, and one beside a table. */
export const keepsAll: JoinBounds = { byKey: false, left: undefined, right: undefined, lateLeft: undefined, lateRight: undefined };

/**
 * The bounds of a join where rows of a side may be taken back (decision 0025). Such a row must not be given up before it is settled: by a key that settles it, or by a
 * range over the time that does, never before that time itself. A row of the other side is given up by its times only where they settle what has them. Rows that are
 * settled do not change, so those of a changing side are never late: what made them has set late rows aside.
 */
export function boundsOfRows(join: BoundedJoin, left: SideRows, right: SideRows): JoinBounds {
  if (!left.changes && !right.changes) return joinBounds(join);
  const settled: BoundedJoin = { left: settledSide(join.left, left), right: settledSide(join.right, right), equalities: join.equalities, residual: join.residual };
  const bounds = keyBounds(settled, { left: left.changes, right: right.changes }) ?? onlySettled(rangeBounds(settled), left, right);
  return { ...bounds, lateLeft: left.changes ? undefined : bounds.lateLeft, lateRight: right.changes ? undefined : bounds.lateRight };
}

/** Beside a table a row of a changing stream is given up when it is settled: the table's rows of later batches meet it no more, as they do not meet a row that stays. */
export function boundsBesideTable(stream: TimedSide, { settledBy }: SideRows): JoinBounds {
  const time = settledBy.find(({ role }) => role !== "window start");
  const column = stream.output.find(({ id }) => id === time?.column);
  if (time === undefined || column === undefined) return keepsAll;
  return { ...keepsAll, left: { time: instant(columnRef(column.id, column.name, column.type, column.nullable)), offset: 0, span: time.delay } };
}

function settledSide({ output, eventTimes }: TimedSide, { changes, settledBy }: SideRows): TimedSide {
  return { output, eventTimes: changes ? settledBy : eventTimes };
}

function onlySettled(bounds: JoinBounds, left: SideRows, right: SideRows): JoinBounds {
  return { ...bounds, left: whenSettled(bounds.left, left), right: whenSettled(bounds.right, right) };
}

/** A bound that keeps a row until it is settled. */
function whenSettled(bound: SideBound | undefined, { changes, settledBy }: SideRows): SideBound | undefined {
  if (bound === undefined || !changes) return bound;
  const time = eventTimeOf(bound.time, settledBy);
  const latest = time?.role === "window start" ? (time.size === undefined ? undefined : -time.size) : 0;
  if (time === undefined || latest === undefined) return undefined;
  return bound.offset <= latest ? bound : { time: bound.time, offset: latest, span: time.delay - latest };
}
