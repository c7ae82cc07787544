import type { Expr } from "../../ir/expr/index.ts";
import { columnsOf } from "../../ir/expr/index.ts";
import { holdsKind } from "../../ir/types/holds-kind.ts";
import { canFail } from "../../catalog/expressions/can-fail.ts";

/**
 * Whether a condition says the same of all rows of a group, whenever it is asked: it reads nothing but columns that are keys of
 * the group, never changes its mind, and cannot fail. A floating key is none to go by: 0.0 and −0.0 are one group, and a
 * condition can tell them apart.
 */
export function tellsGroupsApart(condition: Expr, keys: readonly Expr[]): boolean {
  if (condition.volatility !== "immutable" || canFail(condition)) return false;
  return [...columnsOf(condition)].every((id) => keys.some((key) => key.kind === "ColumnRef" && key.id === id && !holdsKind(key.type, new Set(["float", "double"]))));
}
