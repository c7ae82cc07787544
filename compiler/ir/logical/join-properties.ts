import { boundsBesideTable, boundsOfRows, keepsAll, type SideRows } from "./changing-bounds.ts";
import type { EventTime } from "./column.ts";
import { eventTimeOf } from "./event-time-of.ts";
import type { SideBound } from "./join-bounds.ts";
import { kept, passing, timeless, type Asked, type NodeProperties, type SideKeeping } from "./node-properties.ts";
import type { Join, LogicalPlan } from "./plan.ts";

/** Two streams are kept, unless both are a snapshot; a stream beside a table only where its rows may be taken back. */
export function ofJoin(node: Join, asked: Asked, left: NodeProperties, right: NodeProperties): NodeProperties {
  const wholeResultInState = left.wholeResultInState && right.wholeResultInState;
  if (wholeResultInState) return { ...kept(node, left, asked), wholeResultInState };
  if (isLatest(node)) return ofLatest(node, asked, right);
  const areStreams = node.left.streaming && node.right.streaming;
  const changes = left.changelogMode !== "append" || right.changelogMode !== "append";
  if (!areStreams && (!changes || asked.marked.has(node))) return kept(node, left, asked);
  const sides = [rowsOf(left), rowsOf(right)] as const;
  const joins = asked.isComplete ? keepsAll : areStreams ? boundsOfRows(node, ...sides) : boundsBesideTable(node.left, sides[0]);
  const keeping = { left: keepingOf(joins.left, node.left, left), right: keepingOf(joins.right, node.right, right) };
  const ways = Object.values(keeping).filter((way) => way !== "table");
  const takesBack = changes || (asked.emit === "onChange" && showsUnmatched(node));
  return {
    emit: asked.emit,
    changelogMode: takesBack ? (node.key === undefined ? "retract" : "upsert") : "append",
    state: { keys: ways.includes("for ever") ? "unbounded" : ways.includes("by keys") ? "byKeyDomain" : "byWatermark", rowsPerKey: "unbounded" },
    wholeResultInState: false,
    ...timeless,
    settledBy: takesBack ? [...settledInJoin(node.left, left, joins.left), ...settledInJoin(node.right, right, joins.right)].filter((time) => node.eventTimes.some(({ column }) => column === time.column)) : node.eventTimes,
    isBoundByKeys: left.isBoundByKeys && (right.isBoundByKeys || node.joinKind === "semi" || node.joinKind === "anti"),
    joins,
    keeping,
  };
}

/** A row that comes out for want of a match is taken back by the first one, where it comes out at once. */
function showsUnmatched({ joinKind }: Join): boolean {
  return joinKind === "left" || joinKind === "right" || joinKind === "full" || joinKind === "anti";
}

function rowsOf({ changelogMode, settledBy }: NodeProperties): SideRows {
  return { changes: changelogMode !== "append", settledBy };
}

function keepingOf(bound: SideBound | undefined, side: LogicalPlan, { changelogMode, isBoundByKeys }: NodeProperties): SideKeeping {
  if (!side.streaming) return "table";
  if (bound !== undefined) return "by time";
  return changelogMode !== "append" && isBoundByKeys ? "by keys" : "for ever";
}

/** The event times of a side by which it gives its rows up: behind them no row of the join has one of the side's that changes. */
function settledInJoin(side: LogicalPlan, { settledBy }: NodeProperties, bound: SideBound | undefined): readonly EventTime[] {
  const time = bound === undefined ? undefined : eventTimeOf(bound.time, side.eventTimes);
  return time === undefined || time.role === "window start" ? [] : settledBy.filter(({ column }) => column === time.column);
}

/** Rows of the left side stay; of the right side the newest row of each key is kept. */
function ofLatest(node: Join, { emit }: Asked, right: NodeProperties): NodeProperties {
  const closesBy = node.equalities.flatMap((pair) => eventTimeOf(pair.right, right.settledBy) ?? []).find(({ role }) => role !== "window start");
  return {
    ...passing(node, emit),
    state: { keys: closesBy === undefined ? "byKeyDomain" : "byWatermark", rowsPerKey: "one" },
    closesBy,
  };
}

/** Whether each row of the left side meets the newest row of a stream, once. Beside a table that is any join. */
export function isLatest({ sides, right }: Join): boolean {
  return sides.latest === true && right.streaming;
}
