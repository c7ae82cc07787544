import { sparkContinuous } from "../../diagnostics/catalogue/spark-legality.ts";
import type { Expr } from "../../ir/expr/expr.ts";
import { visitExpr } from "../../ir/expr/walk.ts";
import type { LogicalPlan } from "../../ir/logical/plan.ts";
import type { CheckedQuery } from "./checked-query.ts";

/** What Spark's continuous processing takes of what Sluice's does: projections and filters. */
export function checkContinuous({ nodes, query, tell, at }: CheckedQuery): void {
  if (query.trigger.kind !== "continuous") return;
  for (const node of nodes) {
    if (node.kind === "Explode" || node.kind === "Expand" || node.kind === "Union" || node.kind === "Join") {
      tell(sparkContinuous({ step: node.kind === "Expand" ? "unpivot" : node.kind.toLowerCase() }).at(at(node)).helped("take another trigger, such as `every 1 second`"));
    }
    const called = expressionsOf(node).flatMap(callsIn);
    for (const name of new Set(called)) tell(sparkContinuous({ step: name }).at(at(node)).helped("take another trigger, such as `every 1 second`: an imported function is called for many rows at once"));
  }
}

function expressionsOf(node: LogicalPlan): readonly Expr[] {
  return node.kind === "Filter" ? [node.predicate] : node.kind === "Project" ? node.columns.map(({ expr }) => expr) : [];
}

function callsIn(expr: Expr): readonly string[] {
  const names: string[] = [];
  visitExpr(expr, (part) => {
    if (part.kind === "UserCall") names.push(part.function.name);
  });
  return names;
}
