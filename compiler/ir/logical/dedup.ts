import type { Span } from "../../source/span.ts";
import type { ColumnId, Expr } from "../expr/expr.ts";
import { exprText } from "../expr/print.ts";
import { columnsOf } from "../expr/walk.ts";
import type { LateRoute } from "./aggregate.ts";
import type { Column, EventTime } from "./column.ts";
import { durationText } from "./duration-text.ts";
import { LogicalNode, type KeyCopies } from "./node.ts";
import { only } from "./only.ts";
import type { LogicalPlan } from "./plan.ts";

/** The first row of each key, in the order of reading; null is a key like any other (Spark's Deduplicate). Over groups, which have no order, the content decides. */
export class Dedup extends LogicalNode {
  readonly kind = "Dedup";
  readonly children: readonly LogicalPlan[];
  readonly output: readonly Column[];
  readonly streaming: boolean;
  readonly eventTimes: readonly EventTime[];
  readonly keyCopies: KeyCopies | undefined;

  constructor(
    readonly input: LogicalPlan,
    readonly keys: readonly Expr[],
    readonly operatorId: string,
    readonly origin: Span | undefined,
    /** A key is forgotten `span` microseconds after the event time of its first row (Spark's dropDuplicatesWithinWatermark; semantics D3). */
    readonly within?: { readonly time: ColumnId; readonly span: number },
    /** Undefined where late rows are dropped, or nothing is late. */
    readonly late?: LateRoute,
  ) {
    super();
    this.children = [input];
    this.output = input.output;
    this.streaming = input.streaming;
    this.eventTimes = input.eventTimes;
    this.keyCopies = keyOf(input, keys, within !== undefined);
  }

  withChildren(children: readonly LogicalPlan[]): Dedup {
    return new Dedup(only(children), this.keys, this.operatorId, this.origin, this.within, this.late);
  }

  describe(): string {
    return `Dedup ${this.keys.map(exprText).join(", ")}${this.within === undefined ? "" : ` within ${durationText(this.within.span)}`}`;
  }

  protected self(): Dedup {
    return this;
  }
}

/**
 * What tells the rows of the result apart: what does in the input, where its key is among those of the dedup, else what these are computed of. A key that is forgotten
 * may come again.
 */
function keyOf(input: LogicalPlan, keys: readonly Expr[], forgets: boolean): KeyCopies | undefined {
  const named = new Set(keys.flatMap((key) => (key.kind === "ColumnRef" ? [key.id] : [])));
  if (forgets || input.keyCopies?.every((copies) => copies.some((copy) => named.has(copy))) === true) return input.keyCopies;
  return [...new Set(keys.flatMap((key) => [...columnsOf(key)]))].map((id): readonly [ColumnId] => [id]);
}
