import { canFail } from "../catalog/expressions/can-fail.ts";
import type { Expr } from "../ir/expr/index.ts";
import { conjunctsOf } from "../ir/expr/index.ts";

/**
 * Parts a filter's conjuncts into those that may be asked before the others, further down the plan (`moving`), and those that
 * stay. A conjunct that may fail moves only with all before it, for one of them may be its guard; nothing moves from behind
 * a volatile conjunct, which is to be asked for the rows for which it is asked now.
 */
export function partConjuncts(predicate: Expr, mayMove: (conjunct: Expr) => boolean): { readonly moving: readonly Expr[]; readonly staying: readonly Expr[] } {
  const moving: Expr[] = [];
  const staying: Expr[] = [];
  let closed = false;
  for (const conjunct of conjunctsOf(predicate)) {
    closed ||= conjunct.volatility === "volatile";
    if (closed || !mayMove(conjunct) || (staying.length > 0 && canFail(conjunct))) staying.push(conjunct);
    else moving.push(conjunct);
  }
  return { moving, staying };
}
