import type { GroupView, KeyedLanes } from "./groups.ts";
import type { OperatorPlace } from "./operator-place.ts";

/** What a table of sessions holds: key columns in order, and a lane for each aggregate. */
export interface SessionSpec extends KeyedLanes, OperatorPlace {
  /** `window end`: a session closes when the watermark reaches its end. `late only`: complete mode, where rows are late and nothing closes (semantics S3). Absent: no watermark. */
  readonly closing?: "window end" | "late only";
}

/**
 * Session windows: rows of a key that come within a gap of each other, in whatever order they come. Each row spans [time, time + gap); what touches is one
 * session (semantics S1–S4; Spark: UpdatingSessionsIterator, MergingSortWithSessionWindowStateIterator).
 */
export interface Sessions<Spec extends SessionSpec> {
  /** Whether the row's own span is closed for this batch's late watermark; counted as late. Microseconds. */
  isLate(time: number, gap: number): boolean;
  /** The slot of the session that a row falls into, alone or together with those that it bridges. Good for this row only. */
  slot(time: number, gap: number, ...key: readonly unknown[]): number;
  readonly lanes: ReturnType<Spec["lanes"]>;
  /** Every session. */
  snapshot(): GroupView<Spec>;
  /** The sessions that this batch's watermark closes; nothing while a result is shown again after a restart. */
  closed(): GroupView<Spec>;
  /** Empties a scratch table. */
  clear(): void;
}
