import type { EventTime } from "./column.ts";
import { eventTimesOf } from "./event-time-of.ts";
import type { JoinBounds } from "./join-bounds.ts";
import type { LogicalPlan } from "./plan.ts";

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
  /** `bounded`: by a number that the job says, or by the keys of what stands below. */
  readonly rowsPerKey: "one" | "bounded" | "unbounded";
  /** Of a `top` or `dedup`: every row of the input is kept, because the next one moves up when one is taken back. */
  readonly everyRow?: true;
}

/** What gives up the rows of a join's side: a time; the keys of what changes there, which takes its rows back; the table, whose rows are given anew; or nothing. */
export type SideKeeping = "by time" | "by keys" | "table" | "for ever";

/** What streaming needs to know of one operator. */
export interface NodeProperties {
  readonly emit: Emit;
  readonly changelogMode: ChangelogMode;
  /** Undefined where the operator keeps nothing between batches. */
  readonly state: StateBound | undefined;
  /** Whether the whole result can be had from state (or from tables) in every batch, which is what `complete` needs. */
  readonly wholeResultInState: boolean;
  /** The event time that closes the operator's state; undefined where none does. In complete mode nothing closes but a `dedup` below what holds the result. */
  readonly closesBy: EventTime | undefined;
  /**
   * The event time by which rows are late for the operator; undefined where none is. Sessions have one in complete mode too (semantics S3), and a `dedup` even
   * where the time is no key (D2).
   */
  readonly lateBy: EventTime | undefined;
  /** The event times at whose passing a row of the output changes no more. Of rows that stay all that there are. */
  readonly settledBy: readonly EventTime[];
  /** Whether the result has no more rows at a time than keys below it allow: what keeps them keeps no more. */
  readonly isBoundByKeys: boolean;
  /**
   * Of a join that keeps both sides: how long each side's rows stay, and by what they are late (semantics J2–J4). Of two streams, or of a changing stream (then the left side) and a
   * table. A join that has state without them is a `join latest`, whose state are the rows of its right side.
   */
  readonly joins?: JoinBounds;
  /** With `joins`: what gives up the rows of each side. */
  readonly keeping?: { readonly left: SideKeeping; readonly right: SideKeeping };
}

/** The properties of every node of one query's plan. */
export interface StreamingProperties {
  of(node: LogicalPlan): NodeProperties;
}

/** What a node is asked for from above. */
export interface Asked {
  readonly emit: Emit;
  /** The result is complete: nothing is late, and nothing is given up (but for `dedup` and sessions, semantics 0.5). */
  readonly isComplete: boolean;
  /** The nodes whose changes are those of marked groups. */
  readonly marked: ReadonlySet<LogicalPlan>;
}

/** Of an operator for which no time counts. */
export const timeless = { closesBy: undefined, lateBy: undefined } as const;

/** What is known of an input's rows, without what is known of the operator that made them. */
export function rowsThrough({ joins: _joins, keeping: _keeping, ...rows }: NodeProperties): NodeProperties {
  return rows;
}

/** An operator that keeps nothing: changes go through it, and stay upserts only as long as their key can be seen. */
export function kept(node: LogicalPlan, input: NodeProperties, { emit }: Asked): NodeProperties {
  const { changelogMode, isBoundByKeys, wholeResultInState } = input;
  const settledBy = changelogMode === "append" ? node.eventTimes : node.kind === "Project" ? eventTimesOf(node.columns, input.settledBy) : input.settledBy;
  return { emit, changelogMode: changelogMode === "upsert" && node.key === undefined ? "retract" : changelogMode, state: undefined, wholeResultInState, ...timeless, settledBy, isBoundByKeys };
}

/** An operator that keeps nothing, of rows that stay. */
export function passing(node: LogicalPlan, emit: Emit): NodeProperties {
  return { emit, changelogMode: "append", state: undefined, wholeResultInState: !node.streaming, ...timeless, settledBy: node.eventTimes, isBoundByKeys: !node.streaming };
}
