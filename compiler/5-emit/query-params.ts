import { visitExpr } from "../ir/expr/walk.ts";
import type { Expr } from "../ir/expr/expr.ts";
import type { PhysicalProgram } from "../ir/physical/physical.ts";
import { expressionsOf, joinExpressions, latestExpressions, stateExpressions, tableExpressions, topExpressions } from "./pipeline-expressions.ts";

/** The params that a query reads, one entry a use. */
export function paramsOf(query: PhysicalProgram): readonly Extract<Expr, { kind: "ParamRef" }>[] {
  const found: Extract<Expr, { kind: "ParamRef" }>[] = [];
  const look = (expr: Expr | undefined): void => {
    if (expr !== undefined) visitExpr(expr, (node) => (node.kind === "ParamRef" ? void found.push(node) : undefined));
  };
  for (const pipeline of query.pipelines) for (const expr of expressionsOf(pipeline)) look(expr);
  for (const table of query.tables) for (const expr of tableExpressions(table)) look(expr);
  for (const { count } of query.limits) look(count);
  for (const top of query.tops) for (const expr of topExpressions(top)) look(expr);
  for (const state of query.states) for (const expr of stateExpressions(state)) look(expr);
  for (const rows of query.latest) for (const expr of latestExpressions(rows)) look(expr);
  for (const join of query.joins) for (const expr of [...joinExpressions(join, "left"), ...joinExpressions(join, "right")]) look(expr);
  return found;
}
