import type { Span } from "../../source/span.ts";
import type { Expr } from "../expr/expr.ts";
import { exprText } from "../expr/print.ts";
import type { Column, EventTime } from "./column.ts";
import { LogicalNode, type KeyCopies } from "./node.ts";
import { only } from "./only.ts";
import type { LogicalPlan } from "./plan.ts";

/** Keeps the rows for which the predicate is true. Its conjuncts are asked in order; the first that is not true ends the asking. */
export class Filter extends LogicalNode {
  readonly kind = "Filter";
  readonly children: readonly LogicalPlan[];
  readonly output: readonly Column[];
  readonly streaming: boolean;
  readonly eventTimes: readonly EventTime[];
  readonly keyCopies: KeyCopies | undefined;

  constructor(readonly input: LogicalPlan, readonly predicate: Expr, readonly origin: Span | undefined) {
    super();
    this.children = [input];
    this.output = input.output;
    this.streaming = input.streaming;
    this.eventTimes = input.eventTimes;
    this.keyCopies = input.keyCopies;
  }

  withChildren(children: readonly LogicalPlan[]): Filter {
    return new Filter(only(children), this.predicate, this.origin);
  }

  describe(): string {
    return `Filter ${exprText(this.predicate)}`;
  }

  protected self(): Filter {
    return this;
  }
}
