import type { Span } from "../../source/span.ts";
import type { AggregateCall } from "../expr/aggregate-call.ts";
import type { ColumnId, Expr } from "../expr/expr.ts";
import { exprText } from "../expr/print.ts";
import { timestampType } from "../types/data-type.ts";
import type { Column, EventTime } from "./column.ts";
import { durationText } from "./duration-text.ts";
import { eventTimeOf, eventTimesOf } from "./event-time-of.ts";
import { LogicalNode, type KeyCopies } from "./node.ts";
import { only } from "./only.ts";
import type { LogicalPlan } from "./plan.ts";

interface WindowParts {
  /** A timestamp expression. */
  readonly time: Expr;
  readonly startId: ColumnId;
  readonly endId: ColumnId;
  readonly origin: Span | undefined;
}

/** Windows of one size in microseconds; a row falls into `ceil(size / slide)` of them. */
export interface FixedWindowKey extends WindowParts {
  readonly kind: "tumbling" | "sliding";
  readonly size: number;
  readonly slide: number;
  readonly offset: number;
  /** Windows over whole batches (DStream's `window`): `time` is then the tick of the batch, which the query's trigger decides, less 1 µs. */
  readonly ofBatches?: true;
}

/** Windows that end when no row came for `gap` (a duration expression; of a row whose gap is null or not above 0 nothing is kept; semantics S1–S4). */
export interface SessionWindowKey extends WindowParts {
  readonly kind: "session";
  readonly gap: Expr;
}

/** A window key. */
export type WindowKey = FixedWindowKey | SessionWindowKey;

/**
 * Where the rows go that a stateful step sets aside as late: the columns of the watermark step that the job still has at this step,
 * over the step's input. With those of a query's other steps that set rows aside there they make one row, so a column that only another
 * step has is a null here. `late_by` and `step` come behind them.
 */
export interface LateRoute {
  readonly sideOutput: string;
  readonly columns: readonly { readonly name: string; readonly expr: Expr }[];
}

export interface GroupColumn {
  readonly id: ColumnId;
  readonly name: string;
  readonly expr: Expr;
  /** The other keys decide its value, so that they alone tell groups apart (the grouping id of keys that are never null). */
  readonly implied?: boolean;
}

/** A key, or the window, in the order written (the order of the output). */
export type GroupItem = { readonly kind: "key"; readonly key: GroupColumn } | { readonly kind: "window"; readonly window: WindowKey };

export interface AggregateColumn {
  readonly id: ColumnId;
  readonly name: string;
  readonly call: AggregateCall;
}

/** Output: the group items in order (a window gives `window_start, window_end`), then the aggregates. Without items: one global group. */
export class Aggregate extends LogicalNode {
  readonly kind = "Aggregate";
  readonly children: readonly LogicalPlan[];
  readonly output: readonly Column[];
  readonly streaming: boolean;
  readonly eventTimes: readonly EventTime[];
  readonly keyCopies: KeyCopies | undefined;

  constructor(
    readonly input: LogicalPlan,
    readonly groups: readonly GroupItem[],
    readonly aggregates: readonly AggregateColumn[],
    /** Stable identity in checkpoints: `STREAM/aggregate[-n]` or `STREAM/NAME` from `named`. */
    readonly operatorId: string,
    readonly origin: Span | undefined,
    /** Undefined where late rows are dropped, or nothing is late. */
    readonly late?: LateRoute,
    /** Each batch is aggregated on its own (DStream's `count`, `countByValue`, `reduceByKey`): its groups come out with it, as rows that stay, and nothing is kept. */
    readonly perBatch: boolean = false,
  ) {
    super();
    this.children = [input];
    this.streaming = input.streaming;
    const output: Column[] = [];
    const eventTimes: EventTime[] = [];
    const keyCopies: [ColumnId, ...ColumnId[]][] = [];
    for (const item of groups) {
      if (item.kind === "key") {
        const { id, name, expr } = item.key;
        output.push({ id, name, type: expr.type, nullable: expr.nullable });
        if (item.key.implied !== true) keyCopies.push([id]);
        eventTimes.push(...eventTimesOf([item.key], input.eventTimes));
      } else {
        const { startId, endId, time } = item.window;
        output.push({ id: startId, name: "window_start", type: timestampType, nullable: false }, { id: endId, name: "window_end", type: timestampType, nullable: false });
        // Either bound tells windows of one size apart, and sessions of one key: a projection may leave the other out.
        keyCopies.push([startId, endId]);
        const under = eventTimeOf(time, input.eventTimes);
        if (under?.role === "raw") {
          const size = item.window.kind === "session" ? {} : { size: item.window.size };
          eventTimes.push({ column: startId, delay: under.delay, role: "window start", window: endId, ...size }, { column: endId, delay: under.delay, role: "window end", window: endId, ...size });
        }
      }
    }
    for (const { id, name, call } of aggregates) output.push({ id, name, type: call.type, nullable: call.nullable });
    this.output = output;
    this.eventTimes = eventTimes;
    // Another batch may give the same groups again.
    this.keyCopies = perBatch && input.streaming ? undefined : keyCopies;
  }

  get window(): WindowKey | undefined {
    for (const item of this.groups) if (item.kind === "window") return item.window;
    return undefined;
  }

  get keys(): readonly GroupColumn[] {
    return this.groups.flatMap((item) => (item.kind === "key" ? [item.key] : []));
  }

  withChildren(children: readonly LogicalPlan[]): Aggregate {
    return new Aggregate(only(children), this.groups, this.aggregates, this.operatorId, this.origin, this.late, this.perBatch);
  }

  describe(): string {
    const keys = this.groups.map((item) => {
      if (item.kind === "key") return item.key.expr.kind === "ColumnRef" && item.key.expr.name === item.key.name ? item.key.name : `${exprText(item.key.expr)} as ${item.key.name}`;
      if (item.window.kind === "session") return `session(${exprText(item.window.time)}, gap ${gapText(item.window.gap)})`;
      const { kind, time, size, slide, offset, ofBatches } = item.window;
      if (ofBatches === true) return `batches(${durationText(size)}${kind === "sliding" ? `, every ${durationText(slide)}` : ""})`;
      return `${kind}(${exprText(time)}, ${durationText(size)}${kind === "sliding" ? `, every ${durationText(slide)}` : ""}${offset === 0 ? "" : `, offset ${durationText(offset)}`})`;
    });
    return `Aggregate key=[${keys.join(", ")}] ${this.aggregates.map(({ name, call }) => `${name}=${aggregateText(call)}`).join(" ")}`.trimEnd() + (this.perBatch ? " per batch" : "");
  }

  protected self(): Aggregate {
    return this;
  }
}

function gapText(gap: Expr): string {
  return gap.kind === "Literal" && typeof gap.value === "number" ? durationText(gap.value) : exprText(gap);
}

function aggregateText(call: AggregateCall): string {
  const args = call.args.map(exprText).join(", ");
  const where = call.where === undefined ? "" : `${args === "" ? "" : " "}where ${exprText(call.where)}`;
  return `${call.name}(${call.distinct ? "distinct " : ""}${args}${where})`;
}
