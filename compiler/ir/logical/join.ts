import { internalError } from "../../diagnostics/internal-error.ts";
import type { Span } from "../../source/span.ts";
import type { Expr } from "../expr/expr.ts";
import { exprText } from "../expr/print.ts";
import type { LateRoute } from "./aggregate.ts";
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

/** What only a join of two streams has. */
export interface StreamSides {
  /** The text says that rows may be kept for ever. */
  readonly unbounded?: boolean;
  /** Each row of the left side meets the newest row of the right one, once (semantics 0.8). */
  readonly latest?: boolean;
  /** What the job calls each side, for messages and plans. */
  readonly names?: { readonly left: string; readonly right: string };
  /** Undefined where late rows of the side are dropped, or none is late. */
  readonly lateLeft?: LateRoute;
  readonly lateRight?: LateRoute;
}

/** The parts of a join that a rewrite may replace. */
export type JoinParts = Partial<Pick<Join, "left" | "right" | "joinKind" | "equalities" | "residual" | "sides">>;

const noSides: StreamSides = {};

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
    readonly sides: StreamSides = noSides,
  ) {
    super();
    this.children = [left, right];
    const leftOptional = joinKind === "right" || joinKind === "full";
    const rightOptional = joinKind === "left" || joinKind === "full";
    const optional = (columns: readonly Column[], may: boolean): readonly Column[] => (may ? columns.map((column) => ({ ...column, nullable: true })) : columns);
    this.output =
      joinKind === "semi" || joinKind === "anti" ? left.output : [...optional(left.output, leftOptional), ...optional(right.output, rightOptional)];
    this.streaming = left.streaming || right.streaming;
    // With the newest row of a stream a row of the left side comes out once, as of its batch, and not by a time of the other side.
    const isLatest = sides.latest === true && right.streaming;
    this.eventTimes = joinKind === "semi" || joinKind === "anti" || isLatest ? left.eventTimes : [...left.eventTimes, ...right.eventTimes];
    this.keyCopies = joinKind === "semi" || joinKind === "anti" || isLatest ? left.keyCopies : keyOfPairs(this);
  }

  withChildren(children: readonly LogicalPlan[]): Join {
    const [left, right] = children;
    if (left === undefined || right === undefined) return internalError("E9001", "a join was rebuilt without two inputs");
    return this.with({ left, right });
  }

  /** The same join with some parts replaced; `residual: undefined` takes it away. */
  with(parts: JoinParts): Join {
    const { left, right, joinKind, equalities, residual, sides } = { left: this.left, right: this.right, joinKind: this.joinKind, equalities: this.equalities, residual: this.residual, sides: this.sides, ...parts };
    return new Join(left, right, joinKind, equalities, residual, this.operatorId, this.origin, sides);
  }

  describe(): string {
    const parts = [...this.equalities.map(({ left, right, nullSafe }) => `${exprText(left)} ${nullSafe ? "is not distinct from" : "="} ${exprText(right)}`), ...(this.residual === undefined ? [] : [exprText(this.residual)])];
    return `Join ${this.joinKind}${this.sides.latest === true ? " latest" : ""}${parts.length === 0 ? "" : ` on ${parts.join(" and ")}`}${this.sides.unbounded === true ? " unbounded" : ""}`;
  }

  protected self(): Join {
    return this;
  }
}

/**
 * A key of both sides together identifies a pair. Of two streams the key of one side does, where the condition names that of the other: a row then meets one at most. Keys
 * that an inner join sets equal tell the same apart. Undefined where no columns do.
 */
function keyOfPairs({ left, right, joinKind, equalities }: Join): KeyCopies | undefined {
  if (left.keyCopies === undefined || right.keyCopies === undefined) return undefined;
  const areStreams = left.streaming && right.streaming;
  if (areStreams && (joinKind === "inner" || joinKind === "left") && isNamed(right.keyCopies, equalities.map((pair) => pair.right))) return joinKind === "left" ? left.keyCopies : withEquals(left.keyCopies, equalities);
  if (areStreams && joinKind === "right" && isNamed(left.keyCopies, equalities.map((pair) => pair.left))) return right.keyCopies;
  // A left row alone and a right row alone have the same key where both have none but nulls: no such key tells them apart.
  if (joinKind === "full" && mayBeNull(left.keyCopies, left) && mayBeNull(right.keyCopies, right)) return undefined;
  return [...left.keyCopies, ...right.keyCopies];
}

/** Whether every column of a key may be null in one row. */
function mayBeNull(key: KeyCopies, { output }: LogicalPlan): boolean {
  return key.every((copies) => output.every(({ id, nullable }) => nullable || !copies.includes(id)));
}

function isNamed(key: KeyCopies, columns: readonly Expr[]): boolean {
  return key.every((copies) => columns.some((column) => column.kind === "ColumnRef" && copies.includes(column.id)));
}

function withEquals(key: KeyCopies, equalities: readonly JoinEquality[]): KeyCopies {
  return key.map(([first, ...others]) => {
    const equal = equalities.flatMap(({ left, right }) => (left.kind === "ColumnRef" && right.kind === "ColumnRef" && (left.id === first || others.includes(left.id)) ? [right.id] : []));
    return [first, ...others, ...equal];
  });
}
