import { findScalar } from "../../catalog/functions/registry.ts";
import { internalError } from "../../diagnostics/internal-error.ts";
import type { CallExpression } from "../../ir/ast/expression.ts";
import { literals } from "../../ir/expr/build.ts";
import type { Expr } from "../../ir/expr/expr.ts";
import { bindTime } from "../steps/bind-window-key.ts";
import { windowShape } from "../steps/window-shape.ts";
import { applyFunction } from "./apply-function.ts";
import type { ExprContext } from "./expr-context.ts";
import { poison } from "./poison.ts";

/** `tumbling(t, D)` as a value: the `{ start, end }` in which a time falls, null where the time is. */
export function bindWindowValue(node: CallExpression, context: ExprContext): Expr {
  const shape = windowShape(node, context.job);
  const time = shape === undefined ? undefined : bindTime(shape, node.span, context);
  if (shape === undefined || time === undefined) return poison(node.span);
  const fn = findScalar("tumbling") ?? internalError("E9002", "the catalogue has no function `tumbling`");
  const lengths = [literals.duration(shape.size, node.span), ...(shape.offset === 0 ? [] : [literals.duration(shape.offset, node.span)])];
  return applyFunction(fn, [time, ...lengths], node.span, node.callee.span, context.job);
}
