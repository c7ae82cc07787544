import type { Span } from "../../source/span.ts";
import { intType } from "../types/data-type.ts";
import type { ColumnId, Expr } from "../expr/expr.ts";
import { exprText } from "../expr/print.ts";
import { columnsOf } from "../expr/walk.ts";
import type { LateRoute } from "./aggregate.ts";
import type { Column, EventTime } from "./column.ts";
import { LogicalNode, type KeyCopies } from "./node.ts";
import { only } from "./only.ts";
import type { LogicalPlan } from "./plan.ts";
import { sortItemText, type SortItem } from "./sort.ts";

/** What a `top` asks: the first `count` rows of each key in an order, with all that tie with the last of them if `ties`. */
export interface TopSpec {
  readonly count: number;
  readonly ties: boolean;
  /** The column that holds a row's place, from 1; with ties that of the first of its equals (Spark: `rank`, else `row_number`). */
  readonly rank: { readonly id: ColumnId; readonly name: string } | undefined;
  readonly order: readonly SortItem[];
  readonly per: readonly Expr[];
}

/** `top N by … per …`. Rows equal in every item are ordered by the other columns. Output: the input's columns, then the rank. */
export class Top extends LogicalNode {
  readonly kind = "Top";
  readonly children: readonly LogicalPlan[];
  readonly output: readonly Column[];
  readonly streaming: boolean;
  readonly eventTimes: readonly EventTime[];
  readonly keyCopies: KeyCopies | undefined;

  constructor(
    readonly input: LogicalPlan,
    readonly spec: TopSpec,
    readonly operatorId: string,
    readonly origin: Span | undefined,
    /** Undefined where late rows are dropped, or nothing is late. */
    readonly late?: LateRoute,
  ) {
    super();
    this.children = [input];
    this.output = spec.rank === undefined ? input.output : [...input.output, { ...spec.rank, type: intType, nullable: false }];
    this.streaming = input.streaming;
    this.eventTimes = input.eventTimes;
    this.keyCopies = keyOf(input, spec);
  }

  withChildren(children: readonly LogicalPlan[]): Top {
    return new Top(only(children), this.spec, this.operatorId, this.origin, this.late);
  }

  describe(): string {
    const { count, ties, rank, order, per } = this.spec;
    const groups = per.length === 0 ? "" : ` per ${per.map(exprText).join(", ")}`;
    return `Top ${count}${ties ? " with ties" : ""}${rank === undefined ? "" : ` as ${rank.name}`} by ${order.map(sortItemText).join(", ")}${groups}`;
  }

  protected self(): Top {
    return this;
  }
}

/**
 * What tells the rows of the result apart. The first row of a key is alone in it, and several have a place each; rows that tie have the same place, so only what
 * tells them apart in the input does.
 */
function keyOf(input: LogicalPlan, { count, ties, rank, per }: TopSpec): KeyCopies | undefined {
  if (ties || (count !== 1 && rank === undefined)) return input.keyCopies;
  // What a key is computed of tells it apart too.
  const keys = per.flatMap((expr) => [...columnsOf(expr)]);
  const copies = [...new Set(keys)].map((id): readonly [ColumnId] => [id]);
  return count === 1 || rank === undefined ? copies : [...copies, [rank.id]];
}
