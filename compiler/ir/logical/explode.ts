import type { Span } from "../../source/span.ts";
import type { Expr } from "../expr/expr.ts";
import { exprText } from "../expr/print.ts";
import type { Column, EventTime } from "./column.ts";
import { LogicalNode } from "./node.ts";
import { only } from "./only.ts";
import type { LogicalPlan } from "./plan.ts";

/**
 * A row for each element of an array, or for each entry of a map, in their order (Spark's Generate of `explode`). Output: the
 * columns of the input, then the element, or the key and the value. A null or empty value gives no row, or with `outer` one
 * row of nulls.
 */
export class Explode extends LogicalNode {
  readonly kind = "Explode";
  readonly children: readonly LogicalPlan[];
  readonly output: readonly Column[];
  readonly streaming: boolean;
  readonly eventTimes: readonly EventTime[];
  /** Several rows share the key of the one that they come from. */
  readonly keyCopies = undefined;

  constructor(
    readonly input: LogicalPlan,
    /** An array or a map. */
    readonly value: Expr,
    readonly outer: boolean,
    /** One for an array, two for a map. */
    readonly columns: readonly Column[],
    readonly origin: Span | undefined,
  ) {
    super();
    this.children = [input];
    this.output = [...input.output, ...columns];
    this.streaming = input.streaming;
    this.eventTimes = input.eventTimes;
  }

  withChildren(children: readonly LogicalPlan[]): Explode {
    return new Explode(only(children), this.value, this.outer, this.columns, this.origin);
  }

  describe(): string {
    return `Explode${this.outer ? " outer" : ""} ${exprText(this.value)} as ${this.columns.map(({ name }) => name).join(", ")}`;
  }

  protected self(): Explode {
    return this;
  }
}
