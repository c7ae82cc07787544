import type { Span } from "../../source/span.ts";
import type { Expr } from "../expr/expr.ts";
import { exprText } from "../expr/print.ts";
import type { Column, EventTime } from "./column.ts";
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

  constructor(readonly input: LogicalPlan, readonly keys: readonly Expr[], readonly operatorId: string, readonly origin: Span | undefined) {
    super();
    this.children = [input];
    this.output = input.output;
    this.streaming = input.streaming;
    this.eventTimes = input.eventTimes;
    this.keyCopies = input.keyCopies;
  }

  withChildren(children: readonly LogicalPlan[]): Dedup {
    return new Dedup(only(children), this.keys, this.operatorId, this.origin);
  }

  describe(): string {
    return `Dedup ${this.keys.map(exprText).join(", ")}`;
  }

  protected self(): Dedup {
    return this;
  }
}
