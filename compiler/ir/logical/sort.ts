import type { Span } from "../../source/span.ts";
import type { Expr } from "../expr/expr.ts";
import { exprText } from "../expr/print.ts";
import type { Column, EventTime } from "./column.ts";
import { LogicalNode, type KeyCopies } from "./node.ts";
import { only } from "./only.ts";
import type { LogicalPlan } from "./plan.ts";

export interface SortItem {
  readonly expr: Expr;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
}

/** As the job would write it; the place of nulls only where it is not the usual one. */
export function sortItemText({ expr, descending, nullsFirst }: SortItem): string {
  return `${exprText(expr)}${descending ? " desc" : ""}${nullsFirst === !descending ? "" : nullsFirst ? " nulls first" : " nulls last"}`;
}

/** Orders the rows; rows equal in every item are ordered by the other columns, so that the order never depends on arrival. */
export class Sort extends LogicalNode {
  readonly kind = "Sort";
  readonly children: readonly LogicalPlan[];
  readonly output: readonly Column[];
  readonly streaming: boolean;
  readonly eventTimes: readonly EventTime[];
  readonly keyCopies: KeyCopies | undefined;

  constructor(readonly input: LogicalPlan, readonly items: readonly SortItem[], readonly origin: Span | undefined) {
    super();
    this.children = [input];
    this.output = input.output;
    this.streaming = input.streaming;
    this.eventTimes = input.eventTimes;
    this.keyCopies = input.keyCopies;
  }

  withChildren(children: readonly LogicalPlan[]): Sort {
    return new Sort(only(children), this.items, this.origin);
  }

  describe(): string {
    return `Sort ${this.items.map(sortItemText).join(", ")}`;
  }

  protected self(): Sort {
    return this;
  }
}
