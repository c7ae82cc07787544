import { conjunctsOf } from "../../ir/expr/conjuncts.ts";
import type { ColumnId, Expr } from "../../ir/expr/expr.ts";
import { columnsOf } from "../../ir/expr/walk.ts";
import type { LogicalPlan, Watermark } from "../../ir/logical/plan.ts";

/**
 * Whether Spark's optimizer may put a filter below a watermark that the plan has above it, so that the watermark would not see the rows that the filter removes (semantics W1):
 * a condition of a step above that reads neither the event time nor what is computed of many rows, the test for elements that `explode` implies, or what an equality of a
 * join carries from a filter of its other side.
 */
export function losesRows(watermark: Watermark, plan: LogicalPlan): boolean {
  const above = pathTo(watermark, plan);
  // Columns of which no condition can be asked below: the event time itself, and results of many rows.
  const fixed = new Set<ColumnId>([watermark.spec.column]);
  const reads = (expr: Expr): boolean => [...columnsOf(expr)].some((id) => fixed.has(id));
  for (const node of above.toReversed()) {
    switch (node.kind) {
      case "Filter":
        if (conjunctsOf(node.predicate).some((part) => !reads(part))) return true;
        break;
      case "Explode":
        if (!node.outer && !reads(node.value)) return true;
        for (const { id } of node.columns) fixed.add(id);
        break;
      case "Join":
        if (filters(node)) return true;
        break;
      case "Project":
        for (const { id, expr } of node.columns) if (reads(expr)) fixed.add(id);
        break;
      case "Aggregate":
        for (const { key } of node.groups.flatMap((item) => (item.kind === "key" ? [item] : []))) if (reads(key.expr)) fixed.add(key.id);
        for (const item of node.groups) if (item.kind === "window") fixed.add(item.window.startId).add(item.window.endId);
        for (const { id } of node.aggregates) fixed.add(id);
        break;
      case "Union":
        for (const { id, sources } of node.columns) if (sources.some((source) => fixed.has(source))) fixed.add(id);
        break;
      default:
        break;
    }
  }
  return false;
}

/** The nodes above one, from the root. */
function pathTo(node: LogicalPlan, root: LogicalPlan): readonly LogicalPlan[] {
  if (root === node) return [];
  for (const child of root.children) {
    if (child === node) return [root];
    const rest = pathTo(node, child);
    if (rest.length > 0) return [root, ...rest];
  }
  return [];
}

/** Whether a plan has a condition that says more than that a value is there. */
function filters(plan: LogicalPlan): boolean {
  const own = plan.kind === "Filter" ? plan.predicate : plan.kind === "Scan" ? plan.filter : undefined;
  if (own !== undefined && conjunctsOf(own).some((part) => !(part.kind === "Call" && part.name === "is not null"))) return true;
  return plan.children.some(filters);
}
