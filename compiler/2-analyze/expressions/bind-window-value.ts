import { findScalar } from "../../catalog/functions/registry.ts";
import { wrongArgumentCount, wrongArgumentType } from "../../diagnostics/catalogue/types.ts";
import { internalError } from "../../diagnostics/internal-error.ts";
import type { CallExpression } from "../../ir/ast/expression.ts";
import { literals } from "../../ir/expr/build.ts";
import type { Expr } from "../../ir/expr/expr.ts";
import { sameType, windowType } from "../../ir/types/data-type.ts";
import { bindTime, windowTime } from "../steps/bind-window-key.ts";
import { fixedShape } from "../steps/window-shape.ts";
import { bindArguments } from "./bind-call.ts";
import { applyFunction } from "./apply-function.ts";
import type { ExprContext } from "./expr-context.ts";
import { isPoisoned, poison } from "./poison.ts";
import { typeWords } from "./type-words.ts";

/** `tumbling(t, D)` as a value: the `{ start, end }` in which a time falls, null where the time is. */
export function bindWindowValue(node: CallExpression, context: ExprContext): Expr {
  const shape = fixedShape("tumbling", node, context.job);
  const time = shape === undefined ? undefined : bindTime(shape, node.span, context);
  if (shape === undefined || time === undefined) return poison(node.span);
  const fn = findScalar("tumbling") ?? internalError("E9002", "the catalogue has no function `tumbling`");
  const lengths = [literals.duration(shape.size, node.span), ...(shape.offset === 0 ? [] : [literals.duration(shape.offset, node.span)])];
  return applyFunction(fn, [time, ...lengths], node.span, node.callee.span, context.job);
}

/** `window_time(w)`: the last microsecond of a window `{ start, end }`, by which it falls into another window. */
export function bindWindowTime(node: CallExpression, context: ExprContext): Expr {
  const { job } = context;
  const args = bindArguments(node, context);
  const [window] = args ?? [];
  if (args === undefined || args.some(isPoisoned)) return poison(node.span);
  if (window === undefined || args.length > 1) {
    job.report(wrongArgumentCount({ name: "window_time", expected: "a window", found: args.length }).at(node.callee.span));
    return poison(node.span);
  }
  if (sameType(window.type, windowType)) return windowTime(window, node.span, context);
  job.report(wrongArgumentType({ name: "window_time", expected: "a window", found: typeWords(window.type) }).at(window.origin ?? node.span));
  return poison(node.span);
}
