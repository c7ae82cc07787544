import { internalError } from "../../diagnostics/internal-error.ts";
import type { Span } from "../../source/span.ts";
import type { Expr } from "../expr/expr.ts";
import { exprText } from "../expr/print.ts";
import type { Column, EventTime } from "./column.ts";
import { LogicalNode, type KeyCopies } from "./node.ts";
import type { LogicalPlan } from "./plan.ts";

/** A pair of equal expressions, one a side. */
export interface JoinEquality {
  readonly left: Expr;
  readonly right: Expr;
  /** Null equals null; with `=` it equals nothing. */
  readonly nullSafe: boolean;
}

/**
 * A join. `equalities` are pairs of expressions, left over the left input and right over the right one, compared with `=`, or
 * with `is not distinct from` where `nullSafe`; `residual` is what else the condition asks, over both. Output: the left columns, then the right ones (made nullable on the
 * optional side).
 */
export class Join extends LogicalNode {
  readonly kind = "Join";
  readonly children: readonly LogicalPlan[];
  readonly output: readonly Column[];
  readonly streaming: boolean;
  readonly eventTimes: readonly EventTime[];
  readonly keyCopies: KeyCopies | undefined;

  constructor(
    readonly left: LogicalPlan,
    readonly right: LogicalPlan,
    readonly joinKind: "inner" | "left" | "right" | "full" | "semi" | "anti" | "cross",
    readonly equalities: readonly JoinEquality[],
    readonly residual: Expr | undefined,
    readonly operatorId: string,
    readonly origin: Span | undefined,
  ) {
    super();
    this.children = [left, right];
    const leftOptional = joinKind === "right" || joinKind === "full";
    const rightOptional = joinKind === "left" || joinKind === "full";
    const optional = (columns: readonly Column[], may: boolean): readonly Column[] => (may ? columns.map((column) => ({ ...column, nullable: true })) : columns);
    this.output =
      joinKind === "semi" || joinKind === "anti" ? left.output : [...optional(left.output, leftOptional), ...optional(right.output, rightOptional)];
    this.streaming = left.streaming || right.streaming;
    this.eventTimes = joinKind === "semi" || joinKind === "anti" ? left.eventTimes : [...left.eventTimes, ...right.eventTimes];
    // A key of both sides together identifies a pair.
    this.keyCopies =
      joinKind === "semi" || joinKind === "anti"
        ? left.keyCopies
        : left.keyCopies !== undefined && right.keyCopies !== undefined
          ? [...left.keyCopies, ...right.keyCopies]
          : undefined;
  }

  withChildren(children: readonly LogicalPlan[]): Join {
    const [left, right] = children;
    if (left === undefined || right === undefined) return internalError("E9001", "a join was rebuilt without two inputs");
    return new Join(left, right, this.joinKind, this.equalities, this.residual, this.operatorId, this.origin);
  }

  describe(): string {
    const parts = [...this.equalities.map(({ left, right, nullSafe }) => `${exprText(left)} ${nullSafe ? "is not distinct from" : "="} ${exprText(right)}`), ...(this.residual === undefined ? [] : [exprText(this.residual)])];
    return `Join ${this.joinKind}${parts.length === 0 ? "" : ` on ${parts.join(" and ")}`}`;
  }

  protected self(): Join {
    return this;
  }
}
