import { evaluateConstant } from "../../catalog/expressions/evaluate.ts";
import { badWindow } from "../../diagnostics/catalogue/types.ts";
import { literals } from "../../ir/expr/build.ts";
import { cast, columnRef, makeRecord } from "../../ir/expr/build.ts";
import type { ColumnId, Expr } from "../../ir/expr/expr.ts";
import { columnsOf } from "../../ir/expr/walk.ts";
import type { WindowKey } from "../../ir/logical/plan.ts";
import { sameType, timestampType, windowType } from "../../ir/types/data-type.ts";
import type { Span } from "../../source/span.ts";
import { bindExpr } from "../expressions/bind-expr.ts";
import { bindField } from "../expressions/bind-name.ts";
import { applyOperator } from "../expressions/bind-operator.ts";
import type { ExprContext } from "../expressions/expr-context.ts";
import { isPoisoned } from "../expressions/poison.ts";
import type { ScopeEntry } from "../expressions/scope.ts";
import { timeHelp } from "../expressions/time-help.ts";
import { typeWords } from "../expressions/type-words.ts";
import type { SessionShape, WindowShape } from "./window-shape.ts";

/** A window as a key over the rows that reach the step; undefined after a report. */
export function bindWindowKey(shape: WindowShape, origin: Span, context: ExprContext): WindowKey | undefined {
  const time = bindTime(shape, origin, context);
  if (time === undefined) return undefined;
  const ids = (): { readonly startId: ColumnId; readonly endId: ColumnId } => ({ startId: context.job.newColumn(), endId: context.job.newColumn() });
  if (shape.kind === "session") {
    const gap = bindGap(shape, time, context);
    return gap === undefined ? undefined : { kind: "session", time, gap, ...ids(), origin };
  }
  const { kind, size, slide, offset, ofBatches } = shape;
  return { kind, time, size, slide, offset, ...ids(), origin, ...(ofBatches === undefined ? {} : { ofBatches }) };
}

/** How long a session lasts behind a row; a constant must be above zero, a row's own is judged as the row comes (semantics S4). */
function bindGap(shape: SessionShape, time: Expr, context: ExprContext): Expr | undefined {
  const { job } = context;
  if (time.volatility === "batch" && columnsOf(time).size === 0) {
    job.report(badWindow({ message: "a session goes by the times of its rows, and the clock gives all rows of a batch one" }).at(shape.time.span).labelled("the clock").helped("use a column of timestamps, or a tumbling window"));
    return undefined;
  }
  const gap = bindExpr(shape.gap, context);
  if (isPoisoned(gap)) return undefined;
  if (gap.type.kind !== "duration") {
    job.report(badWindow({ message: `a session's gap is a duration, found ${typeWords(gap.type)}` }).at(shape.gap.span).labelled(`this is ${typeWords(gap.type)}`).helped("write a duration, `gap 30 minutes`, or make one of a number: `gap: n * 1 second`"));
    return undefined;
  }
  const evaluated = gap.volatility === "immutable" && columnsOf(gap).size === 0 ? evaluateConstant(gap, job.timezone) : undefined;
  if (evaluated?.ok !== true) return gap;
  if (typeof evaluated.value === "number" && evaluated.value > 0) return literals.duration(evaluated.value, gap.origin);
  job.report(badWindow({ message: "a session's gap must be above zero: no row would open one" }).at(shape.gap.span).labelled("not above zero").helped("write a duration: `gap 30 minutes`"));
  return undefined;
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
export function bindTime(shape: Pick<WindowShape, "time">, origin: Span, context: ExprContext): Expr | undefined {
  const time = bindExpr(shape.time, context);
  if (isPoisoned(time)) return undefined;
  if (time.type.kind === "timestamp") return time;
  if (time.type.kind === "date") return cast(time, timestampType, false, time.origin);
  if (sameType(time.type, windowType)) return windowTime(time, origin, context);
  const diagnostic = badWindow({ message: `a window goes by a timestamp, found ${typeWords(time.type)}` }).at(shape.time.span).labelled(`this is ${typeWords(time.type)}`);
  const help = timeHelp(time.type);
  context.job.report(help === undefined ? diagnostic : diagnostic.helped(help));
  return undefined;
}

/** The last microsecond of a window, by which it falls into another (Spark's `window_time`). */
export function windowTime(window: Expr, origin: Span, context: ExprContext): Expr {
  const end = bindField(window, { text: "end", span: origin }, origin, context);
  return applyOperator("-", [end, literals.duration(1, origin)], origin, origin, context);
}
