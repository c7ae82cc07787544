import { columnsOf } from "../expr/walk.ts";
import type { EventTime } from "./column.ts";
import type { OutputMode } from "./job.ts";
import type { Aggregate, LogicalPlan } from "./plan.ts";

/** When an operator's rows come out: each once, when it can no longer change; at every change; or the whole result every batch. */
export type Emit = "onClose" | "onChange" | "snapshot";

/**
 * What the rows of a batch mean to those of the batches before: `append`: they stay (a snapshot's rows too, within their batch);
 * `upsert`: a row replaces the one of its key; `retract`: rows without a visible key are taken back whole.
 */
export type ChangelogMode = "append" | "upsert" | "retract";

/** How state grows: by its number of keys, and by what it keeps for each. */
export interface StateBound {
  readonly keys: "byWatermark" | "byTimeout" | "byKeyDomain" | "unbounded";
  readonly rowsPerKey: "one" | "bounded" | "unbounded";
}

/** What streaming needs to know of one operator. */
export interface NodeProperties {
  readonly emit: Emit;
  readonly changelogMode: ChangelogMode;
  /** Undefined where the operator keeps nothing between batches. */
  readonly state: StateBound | undefined;
  /** Whether the whole result can be had from state (or from tables) in every batch, which is what `complete` needs. */
  readonly wholeResultInState: boolean;
  /** The event time that closes the operator's state; undefined where none does. */
  readonly closesBy: EventTime | undefined;
  /** The event time by which rows are late for the operator; undefined where none is. Dedup: late rows are dropped even where the time is no key (semantics D2). */
  readonly lateBy: EventTime | undefined;
}

/** The properties of every node of one query's plan. */
export interface StreamingProperties {
  of(node: LogicalPlan): NodeProperties;
}

/**
 * Derives for each node when it emits, what its changes mean and what bounds its state, pushed down from the sink's mode: append
 * asks for `onClose`, update for `onChange`, complete for `snapshot`. In complete the lowest aggregate on each path keeps
 * state; what stands above it is a batch plan over its snapshot, and what stands below it only passes rows on.
 */
export function deriveStreaming(plan: LogicalPlan, mode: OutputMode): StreamingProperties {
  const known = new Map<LogicalPlan, NodeProperties>();
  derive(plan, mode === "append" ? "onClose" : mode === "update" ? "onChange" : "snapshot", known);
  return { of: (node) => known.get(node) ?? passing(node, "onClose") };
}

function derive(node: LogicalPlan, asked: Emit, known: Map<LogicalPlan, NodeProperties>): NodeProperties {
  const below = asked === "snapshot" && !holdsAggregate(node, false) ? "onClose" : asked;
  const children = node.children.map((child) => derive(child, below, known));
  const properties = ofNode(node, asked, children);
  known.set(node, properties);
  return properties;
}

function ofNode(node: LogicalPlan, asked: Emit, children: readonly NodeProperties[]): NodeProperties {
  const [first, second] = children;
  if (!node.streaming || first === undefined) return passing(node, asked);
  switch (node.kind) {
    case "Aggregate":
      return ofAggregate(node, asked, first);
    case "Union": {
      const changes = children.some((child) => child.changelogMode !== "append");
      return { emit: asked, changelogMode: changes ? "retract" : "append", state: undefined, wholeResultInState: children.every((child) => child.wholeResultInState), closesBy: undefined };
    }
    case "Limit":
    case "Top":
    case "Dedup":
      // Over rows that keep coming one counter is kept; over a snapshot each batch begins anew.
      return { ...first, emit: asked, state: first.wholeResultInState ? undefined : { keys: "byKeyDomain", rowsPerKey: "one" }, closesBy: undefined };
    case "Join":
      return { ...kept(node, first, asked), wholeResultInState: children.every((child) => child.wholeResultInState) && second !== undefined };
    default:
      return kept(node, first, asked);
  }
}

function ofAggregate(node: Aggregate, asked: Emit, input: NodeProperties): NodeProperties {
  const overSnapshot = asked === "snapshot" && holdsAggregate(node, false);
  const closing = closingTime(node);
  const closesBy = asked === "snapshot" ? undefined : closing;
  const keys = closesBy !== undefined ? "byWatermark" : asked === "onClose" && overProcessingTime(node) ? "byTimeout" : "byKeyDomain";
  const state: StateBound = { keys, rowsPerKey: input.changelogMode === "append" && !node.aggregates.some(({ call }) => call.keepsValues === true) ? "one" : "unbounded" };
  return {
    emit: asked,
    changelogMode: asked === "onChange" ? "upsert" : "append",
    state: overSnapshot ? undefined : state,
    wholeResultInState: asked === "snapshot" && (!overSnapshot || input.wholeResultInState),
    closesBy,
  };
}

/** An operator that keeps nothing: changes go through it, and stay upserts only as long as their key can be seen. */
function kept(node: LogicalPlan, input: NodeProperties, asked: Emit): NodeProperties {
  const changelogMode = input.changelogMode === "upsert" && node.key === undefined ? "retract" : input.changelogMode;
  return { emit: asked, changelogMode, state: undefined, wholeResultInState: input.wholeResultInState, closesBy: undefined };
}

function passing(node: LogicalPlan, asked: Emit): NodeProperties {
  return { emit: asked, changelogMode: "append", state: undefined, wholeResultInState: !node.streaming, closesBy: undefined };
}

/**
 * The event time among the keys that closes a group (semantics W6): a window over it, the column itself, or the end of an earlier
 * window. An expression over it, or a window's start alone, closes nothing.
 */
export function closingTime(node: Aggregate): EventTime | undefined {
  for (const item of node.groups) {
    if (item.kind === "window") {
      const { time } = item.window;
      const under = [...columnsOf(time)];
      const direct = time.kind === "ColumnRef" || (time.kind === "Call" && time.name === "-");
      const live = node.input.eventTimes.find((candidate) => under.length === 1 && candidate.column === under[0] && candidate.role !== "window start");
      if (direct && live !== undefined && (live.role === "raw") === (time.kind === "ColumnRef")) return live;
    } else if (item.key.expr.kind === "ColumnRef") {
      const { id } = item.key.expr;
      const live = node.input.eventTimes.find((candidate) => candidate.column === id && candidate.role !== "window start");
      if (live !== undefined) return live;
    }
  }
  return undefined;
}

/** Whether the window goes by the clock of the batch: in append its groups are closed by the batch's timestamp (semantics 0.11). */
export function overProcessingTime(node: Aggregate): boolean {
  const time = node.window?.time;
  return time !== undefined && time.volatility === "batch" && columnsOf(time).size === 0;
}

/** Whether an aggregate over a stream stands below a node (`itself`: or is the node). */
export function holdsAggregate(node: LogicalPlan, itself: boolean): boolean {
  if (itself && node.kind === "Aggregate" && node.streaming) return true;
  return node.children.some((child) => holdsAggregate(child, true));
}
