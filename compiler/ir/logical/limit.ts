import type { Span } from "../../source/span.ts";
import type { Expr } from "../expr/expr.ts";
import { exprText } from "../expr/print.ts";
import type { Column, EventTime } from "./column.ts";
import { LogicalNode, type KeyCopies } from "./node.ts";
import { only } from "./only.ts";
import type { LogicalPlan } from "./plan.ts";

export class Limit extends LogicalNode {
  readonly kind = "Limit";
  readonly children: readonly LogicalPlan[];
  readonly output: readonly Column[];
  readonly streaming: boolean;
  readonly eventTimes: readonly EventTime[];
  readonly keyCopies: KeyCopies | undefined;

  /** `count`: an int literal, or a param. */
  constructor(readonly input: LogicalPlan, readonly count: Expr, readonly operatorId: string, readonly origin: Span | undefined) {
    super();
    this.children = [input];
    this.output = input.output;
    this.streaming = input.streaming;
    this.eventTimes = input.eventTimes;
    this.keyCopies = input.keyCopies;
  }

  withChildren(children: readonly LogicalPlan[]): Limit {
    return new Limit(only(children), this.count, this.operatorId, this.origin);
  }

  describe(): string {
    return `Limit ${exprText(this.count)}`;
  }

  protected self(): Limit {
    return this;
  }
}
