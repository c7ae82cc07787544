import type { Span } from "../../source/span.ts";
import type { Expr, UserFunctionRef } from "../expr/expr.ts";
import { exprText } from "../expr/print.ts";
import type { Column, EventTime } from "./column.ts";
import { LogicalNode } from "./node.ts";
import { only } from "./only.ts";
import type { LogicalPlan } from "./plan.ts";

/**
 * A user's function over the rows of a whole batch: `transform`: one call with all of them gives the rows of the output; `map async`: a call a row, several at a time,
 * whose results come in the order of the rows. The output are the fields of a result's record; event times end.
 */
export class Apply extends LogicalNode {
  readonly kind = "Apply";
  readonly children: readonly LogicalPlan[];
  readonly output: readonly Column[];
  readonly streaming: boolean;
  readonly eventTimes: readonly EventTime[] = [];
  readonly keyCopies = undefined;

  constructor(
    readonly input: LogicalPlan,
    readonly how: "transform" | "map async",
    readonly fn: UserFunctionRef,
    /** What the function is given of a row. */
    readonly argument: Expr,
    /** The fields of a result, in the order of its record. */
    readonly columns: readonly Column[],
    readonly origin: Span | undefined,
  ) {
    super();
    this.children = [input];
    this.output = columns;
    this.streaming = input.streaming;
  }

  withChildren(children: readonly LogicalPlan[]): Apply {
    return new Apply(only(children), this.how, this.fn, this.argument, this.columns, this.origin);
  }

  withArgument(argument: Expr): Apply {
    return new Apply(this.input, this.how, this.fn, argument, this.columns, this.origin);
  }

  describe(): string {
    return `${this.how === "transform" ? "Transform" : "Map async"} ${this.fn.name}(${exprText(this.argument)}) as ${this.columns.map(({ name }) => name).join(", ")}`;
  }

  protected self(): Apply {
    return this;
  }
}
