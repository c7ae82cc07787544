import { badWindow } from "../../diagnostics/catalogue/types.ts";
import { literals } from "../../ir/expr/build.ts";
import { cast, columnRef, makeRecord } from "../../ir/expr/build.ts";
import type { Expr } from "../../ir/expr/expr.ts";
import type { WindowKey } from "../../ir/logical/plan.ts";
import { sameType, timestampType, windowType } from "../../ir/types/data-type.ts";
import type { Span } from "../../source/span.ts";
import { bindExpr } from "../expressions/bind-expr.ts";
import { bindField } from "../expressions/bind-name.ts";
import { applyOperator } from "../expressions/bind-operator.ts";
import type { ExprContext } from "../expressions/expr-context.ts";
import { isPoisoned } from "../expressions/poison.ts";
import type { ScopeEntry } from "../expressions/scope.ts";
import { typeWords } from "../expressions/type-words.ts";
import type { WindowShape } from "./window-shape.ts";

/** A window as a key over the rows that reach the step; undefined after a report. */
export function bindWindowKey(shape: WindowShape, origin: Span, context: ExprContext): WindowKey | undefined {
  const time = bindTime(shape, origin, context);
  if (time === undefined) return undefined;
  const { kind, size, slide, offset } = shape;
  return { kind, time, size, slide, offset, startId: context.job.newColumn(), endId: context.job.newColumn(), origin };
}

/** The names that a window key yields; `window` only when named. */
export function windowEntries({ startId, endId }: WindowKey): readonly ScopeEntry[] {
  const start = columnRef(startId, "window_start", timestampType, false);
  const end = columnRef(endId, "window_end", timestampType, false);
  return [
    { name: "window_start", qualifiers: [], expr: start, hidden: false },
    { name: "window_end", qualifiers: [], expr: end, hidden: false },
    { name: "window", qualifiers: [], expr: makeRecord(windowType, [start, end]), hidden: true },
  ];
}

/** A timestamp, a date (its midnight), or a window: a window over windows goes by `end` − 1 µs (semantics X2). */
export function bindTime(shape: WindowShape, origin: Span, context: ExprContext): Expr | undefined {
  const time = bindExpr(shape.time, context);
  if (isPoisoned(time)) return undefined;
  if (time.type.kind === "timestamp") return time;
  if (time.type.kind === "date") return cast(time, timestampType, false, time.origin);
  if (sameType(time.type, windowType)) {
    const end = bindField(time, { text: "end", span: origin }, origin, context);
    return applyOperator("-", [end, literals.duration(1, origin)], origin, origin, context);
  }
  context.job.report(badWindow({ message: `a window goes by a timestamp, found ${typeWords(time.type)}` }).at(shape.time.span).labelled(`this is ${typeWords(time.type)}`));
  return undefined;
}
