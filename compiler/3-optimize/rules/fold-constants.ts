import type { Expr } from "../../ir/expr/index.ts";
import { literals } from "../../ir/expr/index.ts";
import type { AggregateColumn, LogicalPlan } from "../../ir/logical/index.ts";
import { Aggregate, Filter } from "../../ir/logical/index.ts";
import { keepingIdentity } from "../expression-rule.ts";
import { mapExpressions } from "../node-expressions.ts";
import { bottomUp } from "../rule.ts";
import { simplifyExpression } from "../simplify-expression.ts";

/**
 * Replaces what is constant by its value: `f(1, 2)` → the literal, `true and x` → `x`, `x + null` → `null`, `Filter(true, x)` → `x`.
 *
 * Only immutable built-in functions are evaluated, so neither a clock, a param nor an imported function is asked before the
 * job runs. What fails here stays and fails there, for the rows that reach it. Projections and aggregates keep their identity
 * (`keepingIdentity`), so changelog and layout of state stay.
 */
export const foldConstants = bottomUp<LogicalPlan>("fold-constants", (node, { timezone }) => {
  return withoutTrue(mapExpressions(node, (expr) => keepingIdentity(node, expr, simplifyExpression(expr, timezone))));
});

/** A condition that always holds is no condition; one that is null never holds. */
function withoutTrue(node: LogicalPlan): LogicalPlan {
  switch (node.kind) {
    case "Filter":
      if (isTrue(node.predicate)) return node.input;
      return node.predicate.kind === "Literal" && node.predicate.value === null ? new Filter(node.input, literals.boolean(false, node.predicate.origin), node.origin) : node;
    case "Join":
      return isTrue(node.residual) ? node.with({ residual: undefined }) : node;
    case "Aggregate":
      return node.aggregates.some(({ call }) => isTrue(call.where))
        ? new Aggregate(node.input, node.groups, node.aggregates.map(unconditional), node.operatorId, node.origin, node.late, node.perBatch)
        : node;
    default:
      return node;
  }
}

function unconditional(column: AggregateColumn): AggregateColumn {
  return isTrue(column.call.where) ? { ...column, call: { ...column.call, where: undefined } } : column;
}

function isTrue(expr: Expr | undefined): boolean {
  return expr?.kind === "Literal" && expr.value === true;
}
