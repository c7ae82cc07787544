import type { EventTime } from "./column.ts";
import { closingTime, lateTime, overProcessingTime } from "./event-times.ts";
import { joinBounds, type JoinBounds } from "./join-bounds.ts";
import type { OutputMode } from "./job.ts";
import type { Aggregate, Dedup, Join, LogicalPlan } from "./plan.ts";

export { closingTime, overProcessingTime } from "./event-times.ts";

/** When an operator's rows come out: each once, when it can no longer change; at every change; or the whole result every batch. */
export type Emit = "onClose" | "onChange" | "snapshot";

/**
 * What the rows of a batch mean to those of the batches before: `append`: they stay (a snapshot's rows too, within their batch);
 * `upsert`: a row replaces the one of its key; `retract`: rows without a visible key are taken back whole.
 */
export type ChangelogMode = "append" | "upsert" | "retract";

/** How state grows: by its number of keys (`one`: there is a single entry), and by what it keeps for each. */
export interface StateBound {
  readonly keys: "one" | "byWatermark" | "byTimeout" | "byKeyDomain" | "unbounded";
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
  /** The event time that closes the operator's state; undefined where none does. In complete mode nothing closes but a `dedup` below the aggregate. */
  readonly closesBy: EventTime | undefined;
  /**
   * The event time by which rows are late for the operator; undefined where none is. Sessions have one in complete mode too (semantics S3), and a `dedup` even
   * where the time is no key (D2).
   */
  readonly lateBy: EventTime | undefined;
  /** Of a join that keeps two streams: how long each side's rows stay, and by what they are late (semantics J2–J4). */
  readonly joins?: JoinBounds;
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
      return { ...passing(node, asked), changelogMode: changes ? "retract" : "append", wholeResultInState: children.every((child) => child.wholeResultInState) };
    }
    // Over a snapshot each batch begins anew; over rows that keep coming something is kept.
    case "Limit":
      return { ...first, emit: asked, state: first.wholeResultInState ? undefined : { keys: "one", rowsPerKey: "one" }, ...timeless };
    case "Top":
      return { ...first, emit: asked, state: first.wholeResultInState ? undefined : { keys: "byKeyDomain", rowsPerKey: "bounded" }, ...timeless };
    case "Dedup":
      return ofDedup(node, asked, first);
    case "Join":
      return second === undefined ? kept(node, first, asked) : ofJoin(node, asked, first, second);
    default:
      return kept(node, first, asked);
  }
}

const timeless = { closesBy: undefined, lateBy: undefined } as const;

function ofAggregate(node: Aggregate, asked: Emit, input: NodeProperties): NodeProperties {
  const overSnapshot = asked === "snapshot" && holdsAggregate(node, false);
  const closing = overSnapshot ? undefined : closingTime(node);
  const closesBy = asked === "snapshot" ? undefined : closing;
  const byClock = asked !== "snapshot" && overProcessingTime(node);
  const keys = node.groups.length === 0 ? "one" : closesBy !== undefined ? "byWatermark" : byClock ? "byTimeout" : "byKeyDomain";
  const state: StateBound = { keys, rowsPerKey: input.changelogMode === "append" && !node.aggregates.some(({ call }) => call.keepsValues === true) ? "one" : "unbounded" };
  return {
    emit: asked,
    changelogMode: asked === "onChange" ? "upsert" : "append",
    state: overSnapshot ? undefined : state,
    wholeResultInState: asked === "snapshot" && (!overSnapshot || input.wholeResultInState),
    closesBy,
    lateBy: node.window?.kind === "session" ? closing : closesBy,
  };
}

function ofDedup(node: Dedup, asked: Emit, input: NodeProperties): NodeProperties {
  if (input.wholeResultInState) return { ...input, emit: asked, state: undefined, ...timeless };
  const closesBy = closingTime(node);
  return { ...input, emit: asked, state: { keys: closesBy === undefined ? "byKeyDomain" : "byWatermark", rowsPerKey: "one" }, closesBy, lateBy: closesBy ?? lateTime(node) };
}

/** Two streams are kept, unless both are a snapshot; a stream beside a table is not. */
function ofJoin(node: Join, asked: Emit, left: NodeProperties, right: NodeProperties): NodeProperties {
  const wholeResultInState = left.wholeResultInState && right.wholeResultInState;
  if (wholeResultInState || !node.left.streaming || !node.right.streaming) return { ...kept(node, left, asked), wholeResultInState };
  const joins = joinBounds(node);
  const isBounded = joins.left !== undefined && joins.right !== undefined;
  // A row that comes out for want of a match is taken back by the first one, where it comes out at once.
  const takesBack = asked === "onChange" && (node.joinKind === "left" || node.joinKind === "right" || node.joinKind === "full" || node.joinKind === "anti");
  const changes = takesBack || left.changelogMode !== "append" || right.changelogMode !== "append";
  return {
    emit: asked,
    changelogMode: changes ? "retract" : "append",
    state: { keys: isBounded ? "byWatermark" : "unbounded", rowsPerKey: "unbounded" },
    wholeResultInState: false,
    ...timeless,
    joins,
  };
}

/** An operator that keeps nothing: changes go through it, and stay upserts only as long as their key can be seen. */
function kept(node: LogicalPlan, input: NodeProperties, asked: Emit): NodeProperties {
  const changelogMode = input.changelogMode === "upsert" && node.key === undefined ? "retract" : input.changelogMode;
  return { emit: asked, changelogMode, state: undefined, wholeResultInState: input.wholeResultInState, ...timeless };
}

function passing(node: LogicalPlan, asked: Emit): NodeProperties {
  return { emit: asked, changelogMode: "append", state: undefined, wholeResultInState: !node.streaming, ...timeless };
}

/** Whether an aggregate over a stream stands below a node (`itself`: or is the node). */
export function holdsAggregate(node: LogicalPlan, itself: boolean): boolean {
  if (itself && node.kind === "Aggregate" && node.streaming) return true;
  return node.children.some((child) => holdsAggregate(child, true));
}
