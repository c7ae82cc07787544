import type { Span } from "../../source/span.ts";
import type { ColumnId } from "../expr/expr.ts";
import type { Column, EventTime } from "./column.ts";
import { durationText } from "./duration-text.ts";
import { LogicalNode, type KeyCopies } from "./node.ts";
import { only } from "./only.ts";
import type { LogicalPlan } from "./plan.ts";

/** Where rows go that a rule sets aside. */
export type RowRoute = { readonly kind: "drop" } | { readonly kind: "into"; readonly sideOutput: string };

export interface WatermarkSpec {
  readonly column: ColumnId;
  readonly columnName: string;
  /** Microseconds. */
  readonly delay: number;
  readonly late: RowRoute | undefined;
  /** With `late into`: the columns of the rows at this step, by the names that they have there. */
  readonly lateColumns?: readonly { readonly id: ColumnId; readonly name: string }[];
  readonly future: { readonly after: number; readonly route: RowRoute } | undefined;
  readonly idle: number | undefined;
  /** Stable identity in checkpoints: `STREAM/watermark[-n]`. */
  readonly operatorId: string;
}

export class Watermark extends LogicalNode {
  readonly kind = "Watermark";
  readonly children: readonly LogicalPlan[];
  readonly output: readonly Column[];
  readonly streaming: boolean;
  readonly eventTimes: readonly EventTime[];
  readonly keyCopies: KeyCopies | undefined;

  constructor(readonly input: LogicalPlan, readonly spec: WatermarkSpec, readonly origin: Span | undefined) {
    super();
    this.children = [input];
    this.output = input.output;
    this.streaming = input.streaming;
    this.eventTimes = [...input.eventTimes.filter((time) => time.column !== spec.column), { column: spec.column, delay: spec.delay, role: "raw" }];
    this.keyCopies = input.keyCopies;
  }

  withChildren(children: readonly LogicalPlan[]): Watermark {
    return new Watermark(only(children), this.spec, this.origin);
  }

  describe(): string {
    const { columnName, delay, late, future, idle } = this.spec;
    const clauses = [
      ...(late === undefined ? [] : [`late ${routeText(late)}`]),
      ...(future === undefined ? [] : [`future after ${durationText(future.after)} ${routeText(future.route)}`]),
      ...(idle === undefined ? [] : [`idle after ${durationText(idle)}`]),
    ];
    return [`Watermark ${columnName} − ${durationText(delay)}`, ...clauses].join(", ");
  }

  protected self(): Watermark {
    return this;
  }
}

function routeText(route: RowRoute): string {
  return route.kind === "drop" ? "drop" : `into ${route.sideOutput}`;
}
