import { call, sameExpr } from "../../ir/expr/index.ts";
import { onExpressions } from "../expression-rule.ts";

/**
 * Asks for each item once: `x in (a)` → `x = a`, `x in (a, b, a)` → `x in (a, b)`.
 *
 * Sound because `in` is true where one of the items equals x, null where none does and x or an item is null: an item that was there
 * before changes neither. A volatile item stays. What may fail is evaluated as before, for an item that is left out is
 * the same as one that stays. A comparison keeps no state, and treats a row and its retraction alike.
 */
export const simplifyMembership = onExpressions("simplify-membership", (expr) => {
  if (expr.kind !== "Call" || expr.name !== "in") return undefined;
  const [value, ...items] = expr.args;
  if (value === undefined) return undefined;
  const different = items.filter((item, at) => item.volatility === "volatile" || !items.slice(0, at).some((earlier) => sameExpr(earlier, item)));
  const [only] = different;
  if (only !== undefined && different.length === 1) return call("=", [value, only], expr.type, expr.nullable, "immutable", expr.origin);
  return different.length === items.length ? undefined : call("in", [value, ...different], expr.type, expr.nullable, "immutable", expr.origin);
});
