import type { Cast, Expr } from "../../ir/expr/index.ts";
import { cast } from "../../ir/expr/index.ts";
import type { DataType } from "../../ir/types/data-type.ts";
import { sameType } from "../../ir/types/data-type.ts";
import { holdsExactly } from "../analyses/holds-exactly.ts";
import { onExpressions } from "../expression-rule.ts";

/**
 * Leaves out a cast that another one undoes or repeats: `cast(cast(x as long) as int)` → `x` for an int x, `cast(cast(x as long) as double)`
 * → `cast(x as double)`, `cast(x as int)` → `x` for an int x.
 *
 * Sound because the inner type holds every value of x exactly (`holdsExactly`), and the outer cast depends on the value alone; it
 * fails, or with `try_cast` gives null, for the same values. Casts are immutable and keep no state.
 */
export const simplifyCasts = onExpressions("simplify-casts", (expr) => {
  if (expr.kind !== "Cast") return undefined;
  if (sameType(expr.type, expr.input.type)) return expr.input;
  return expr.input.kind === "Cast" ? throughCast(expr, expr.input) : undefined;
});

function throughCast(outer: Cast, inner: Cast): Expr | undefined {
  const { input } = inner;
  if (!holdsExactly(inner.type, input.type)) return undefined;
  if (sameType(outer.type, input.type)) return input;
  return dependsOnValue(input.type, inner.type, outer.type) ? cast(input, outer.type, outer.safe, outer.origin) : undefined;
}

/** Whether a number becomes the same through another type: text shows the type, and a double may round twice. */
function dependsOnValue(from: DataType, through: DataType, to: DataType): boolean {
  if (from.kind === "int") return to.kind === "long" || to.kind === "double" || to.kind === "decimal" || (to.kind === "string" && through.kind === "long");
  return from.kind === "long" && to.kind === "decimal";
}
