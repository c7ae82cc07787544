import type { Expr } from "./expr.ts";
import { visitExpr } from "./walk.ts";

/** Whether an expression calls an imported function. */
export function callsUser(expr: Expr): boolean {
  let found = false;
  visitExpr(expr, (part) => {
    found ||= part.kind === "UserCall";
  });
  return found;
}
