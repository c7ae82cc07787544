import type { ColumnId } from "../expr/expr.ts";
import type { EventTime } from "./column.ts";
import { eventTimeOf } from "./event-time-of.ts";
import { closingTime, lateTime, liveTimes, overProcessingTime } from "./event-times.ts";
import type { OutputMode } from "./job.ts";
import { isLatest, ofJoin } from "./join-properties.ts";
import { markedPath } from "./marked-path.ts";
import { kept, passing, rowsThrough, timeless, type Asked, type Emit, type NodeProperties, type StateBound, type StreamingProperties } from "./node-properties.ts";
import type { Aggregate, Dedup, LogicalPlan, Top, Union, UserState } from "./plan.ts";
import { holdsResult, isHolder, isWhole } from "./result-holders.ts";

export { closingTime, overProcessingTime } from "./event-times.ts";
export type { ChangelogMode, Emit, NodeProperties, SideKeeping, StateBound, StreamingProperties } from "./node-properties.ts";
export { holdsResult, mayChange } from "./result-holders.ts";

/**
 * Derives for each node when it emits, what its changes mean and what bounds its state, pushed down from the sink's mode: append
 * asks for `onClose`, update for `onChange`, complete for `snapshot`. In complete the lowest aggregate or `top` on each path keeps
 * state; what stands above it is a batch plan over its snapshot, and what stands below it gives it its changes. What `join latest` reads from gives changes in every mode.
 */
export function deriveStreaming(plan: LogicalPlan, mode: OutputMode): StreamingProperties {
  const known = new Map<LogicalPlan, NodeProperties>();
  const emit = mode === "append" ? "onClose" : mode === "update" ? "onChange" : "snapshot";
  derive(plan, { emit, isComplete: mode === "complete", marked: markedPath({ plan, mode }) }, known);
  return { of: (node) => known.get(node) ?? passing(node, "onClose") };
}

function derive(node: LogicalPlan, asked: Asked, known: Map<LogicalPlan, NodeProperties>): NodeProperties {
  const children = node.children.map((child, at) => derive(child, { ...asked, emit: askedOf(node, at, asked.emit) }, known));
  const properties = ofNode(node, asked, children);
  known.set(node, properties);
  return properties;
}

/** What a node asks of one of its inputs. */
function askedOf(node: LogicalPlan, at: number, emit: Emit): Emit {
  if (emit === "snapshot" && isHolder(node)) return isWhole(node.input) && node.kind !== "UserState" ? "snapshot" : "onChange";
  if (node.kind === "Join" && at === 1 && isLatest(node) && !(emit === "snapshot" && isWhole(node))) return "onChange";
  return emit === "snapshot" && !holdsResult(node, false) ? "onClose" : emit;
}

function ofNode(node: LogicalPlan, asked: Asked, children: readonly NodeProperties[]): NodeProperties {
  const [first, second] = children;
  if (!node.streaming || first === undefined) return passing(node, asked.emit);
  switch (node.kind) {
    case "Aggregate":
      return ofAggregate(node, asked, first);
    case "Union": {
      const changes = children.some((child) => child.changelogMode !== "append");
      return {
        ...passing(node, asked.emit),
        changelogMode: changes ? "retract" : "append",
        wholeResultInState: children.every((child) => child.wholeResultInState),
        settledBy: node.eventTimes.filter(({ column }) => children.every((child, at) => settlesInput(node, column, child, at))),
        isBoundByKeys: children.every((child) => child.isBoundByKeys),
      };
    }
    // Over a snapshot each batch begins anew; over rows that keep coming something is kept.
    case "Limit":
      return { ...rowsThrough(first), emit: asked.emit, state: first.wholeResultInState ? undefined : { keys: "one", rowsPerKey: "one" }, ...timeless };
    case "Top":
      return ofTop(node, asked, first);
    case "Dedup":
      return ofDedup(node, asked, first);
    case "UserState":
      return ofUserState(node, asked);
    case "Join":
      return second === undefined ? kept(node, first, asked) : ofJoin(node, asked, first, second);
    default:
      return kept(node, first, asked);
  }
}

function ofAggregate(node: Aggregate, asked: Asked, input: NodeProperties): NodeProperties {
  if (node.perBatch) return { ...passing(node, asked.emit), wholeResultInState: asked.emit === "snapshot" && input.wholeResultInState, isBoundByKeys: input.isBoundByKeys };
  const { emit } = asked;
  const isOverSnapshot = emit === "snapshot" && input.wholeResultInState;
  const closing = isOverSnapshot ? undefined : settling(closingTime(node), input);
  const closesBy = asked.isComplete ? undefined : closing;
  const isByClock = !asked.isComplete && overProcessingTime(node);
  const keys = node.groups.length === 0 ? "one" : closesBy !== undefined ? "byWatermark" : isByClock ? "byTimeout" : "byKeyDomain";
  return {
    emit,
    changelogMode: emit === "onChange" ? "upsert" : "append",
    state: isOverSnapshot ? undefined : { keys, rowsPerKey: valuesOf(node, input) },
    wholeResultInState: emit === "snapshot",
    closesBy,
    lateBy: node.window?.kind === "session" ? closing : closesBy,
    settledBy: emit !== "onChange" ? node.eventTimes : closesBy === undefined ? [] : timesOfGroups(node, closesBy),
    isBoundByKeys: closesBy === undefined && !isByClock,
  };
}

/** What an aggregate keeps for a group. Where rows are taken back, all values of a call that cannot do without them. */
function valuesOf({ aggregates }: Aggregate, { changelogMode, isBoundByKeys }: NodeProperties): StateBound["rowsPerKey"] {
  const changes = changelogMode !== "append";
  if (!aggregates.some(({ call }) => call.keepsValues === true || (changes && call.isInvertible !== true))) return "one";
  return changes && isBoundByKeys ? "bounded" : "unbounded";
}

/** The event times of an aggregate's output that are made of the one that closes its groups. */
function timesOfGroups(node: Aggregate, closesBy: EventTime): readonly EventTime[] {
  const made = node.groups.flatMap((item): readonly number[] => {
    const under = eventTimeOf(item.kind === "window" ? item.window.time : item.key.expr, node.input.eventTimes);
    return under?.column !== closesBy.column ? [] : item.kind === "window" ? [item.window.startId, item.window.endId] : [item.key.id];
  });
  return node.eventTimes.filter(({ column }) => made.includes(column));
}

function ofTop(node: Top, asked: Asked, input: NodeProperties): NodeProperties {
  if (input.wholeResultInState) return { ...rowsThrough(input), emit: asked.emit, state: undefined, ...timeless };
  return ofFirstRows(node, node.spec.per.length === 0, asked, input);
}

function ofDedup(node: Dedup, asked: Asked, input: NodeProperties): NodeProperties {
  if (input.wholeResultInState) return { ...rowsThrough(input), emit: asked.emit, state: undefined, ...timeless };
  // The first row of each key by content, which another one may replace.
  if (input.changelogMode !== "append") return ofFirstRows(node, false, asked, input);
  const closesBy = closingTime(node);
  return { ...rowsThrough(input), emit: asked.emit, state: { keys: closesBy === undefined ? "byKeyDomain" : "byWatermark", rowsPerKey: "one" }, closesBy, lateBy: closesBy ?? lateTime(node) };
}

/** A user's state: of `update` a table by key; else rows that stay. */
function ofUserState(node: UserState, { emit }: Asked): NodeProperties {
  const { kind, timeout, byEventTime } = node.spec;
  const isTable = kind === "update";
  return {
    emit,
    changelogMode: isTable && emit === "onChange" ? "upsert" : "append",
    state: { keys: timeout === undefined ? "byKeyDomain" : "byTimeout", rowsPerKey: "one" },
    wholeResultInState: isTable && emit === "snapshot",
    closesBy: undefined,
    lateBy: byEventTime ? liveTimes(node.input)[0] : undefined,
    settledBy: [],
    isBoundByKeys: isTable,
  };
}

/** The first rows of each key, of which a row may be overtaken until its key is closed. Where the input takes rows back, all of them are kept. */
function ofFirstRows(node: Top | Dedup, hasOneKey: boolean, asked: Asked, input: NodeProperties): NodeProperties {
  const { emit } = asked;
  const closesBy = asked.isComplete ? undefined : settling(closingTime(node), input);
  const changes = input.changelogMode !== "append";
  return {
    emit,
    changelogMode: emit === "onChange" ? (node.key === undefined ? "retract" : "upsert") : "append",
    state: { keys: closesBy !== undefined ? "byWatermark" : hasOneKey ? "one" : "byKeyDomain", rowsPerKey: changes && !input.isBoundByKeys ? "unbounded" : "bounded", ...(changes ? { everyRow: true } : {}) },
    wholeResultInState: emit === "snapshot",
    closesBy,
    lateBy: closesBy,
    settledBy: emit !== "onChange" ? node.eventTimes : node.eventTimes.filter(({ column }) => column === closesBy?.column),
    isBoundByKeys: closesBy === undefined,
  };
}

/** Whether rows of an input of a union change no more once a time of the union has passed. Rows that stay are judged by the watermark like any. */
function settlesInput(node: Union, time: ColumnId, { changelogMode, settledBy }: NodeProperties, at: number): boolean {
  const source = node.columns.find(({ id }) => id === time)?.sources[at];
  return changelogMode === "append" || settledBy.some(({ column }) => column === source);
}

/** A time that closes what is kept over an input: where rows may be taken back, one that settles them. Else what was given up could not be put right. */
function settling(time: EventTime | undefined, { changelogMode, settledBy }: NodeProperties): EventTime | undefined {
  return changelogMode === "append" || settledBy.some(({ column }) => column === time?.column) ? time : undefined;
}
