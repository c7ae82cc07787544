import type { Expr } from "../ir/expr/index.ts";
import { transformExpr } from "../ir/expr/index.ts";
import type { LogicalPlan } from "../ir/logical/index.ts";
import { mapExpressions } from "./node-expressions.ts";
import type { Rule, RuleSettings } from "./rule.ts";
import { bottomUp } from "./rule.ts";

/**
 * A rule on expressions, given as a partial function on one of their nodes, operands first. What identifies a column is left
 * alone: a column of a projection and a group key never turn into a plain column, which would give the plan an event-time
 * column or a key that the analysis did not see, and with it another changelog; and what an aggregate is made of keeps its
 * nullability, so that the layout of state stays.
 */
export function onExpressions(name: string, rewrite: (expr: Expr, settings: RuleSettings) => Expr | undefined): Rule<LogicalPlan> {
  return bottomUp<LogicalPlan>(name, (node, settings) => mapExpressions(node, (expr) => keepingIdentity(node, expr, transformExpr(expr, (part) => rewrite(part, settings) ?? part))));
}

/** The rewritten expression, or the expression itself where the node would not be identified by the same columns any more. */
export function keepingIdentity(node: LogicalPlan, expr: Expr, rewritten: Expr): Expr {
  const turnsIntoColumn = rewritten.kind === "ColumnRef" && expr.kind !== "ColumnRef";
  if (node.kind === "Aggregate") return turnsIntoColumn || rewritten.nullable !== expr.nullable ? expr : rewritten;
  return node.kind === "Project" && turnsIntoColumn ? expr : rewritten;
}
