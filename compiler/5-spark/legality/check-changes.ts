import { sparkTakenBack } from "../../diagnostics/catalogue/spark-legality.ts";
import type { ColumnId, Expr } from "../../ir/expr/expr.ts";
import { columnsOf } from "../../ir/expr/walk.ts";
import type { LogicalPlan } from "../../ir/logical/plan.ts";
import type { StreamingProperties } from "../../ir/logical/streaming-properties.ts";
import { isStreamJoin, type CheckedQuery } from "./checked-query.ts";

/**
 * In update mode Spark sends a group anew when it changes, and never says that a row is gone. So every row of the result has to replace the one before it: the keys of the
 * groups must be seen, and no condition may read what changes.
 */
export function checkChanges(checked: CheckedQuery): void {
  const { query, nodes, properties, tell, at } = checked;
  // Of these something else is told, and what stands above them is theirs.
  if (query.mode !== "update" || nodes.some((node) => isStreamJoin(node) || node.kind === "Top" || node.kind === "UserState" || (node.kind === "Dedup" && properties.of(node.input).changelogMode !== "append"))) return;
  if (properties.of(query.plan).changelogMode === "append") return;
  for (const node of nodes) {
    const changing = node.children.find((child) => child.streaming && properties.of(child).changelogMode !== "append");
    if (changing === undefined) continue;
    const read = conditionOf(node, changing);
    const stable = stableColumns(changing, properties);
    const what = read.find((column) => !stable.has(column));
    if (what !== undefined) {
      const name = changing.output.find(({ id }) => id === what)?.name ?? "";
      tell(sparkTakenBack({ why: `\`${name}\` may change, and the row may then be no part of the result any more` }).at(at(node)).helped("write `mode complete`, or leave the `where` to who reads the rows"));
      return;
    }
    if (properties.of(node).changelogMode === "retract" && properties.of(changing).changelogMode === "upsert") {
      tell(sparkTakenBack({ why: "without the keys of the groups a row does not say which one it replaces" }).at(at(node)).helped("keep the keys among the columns, or write `mode complete`"));
      return;
    }
  }
}

/** The columns of a changing input on which it depends whether a row of it comes through. */
function conditionOf(node: LogicalPlan, changing: LogicalPlan): readonly ColumnId[] {
  const own = new Set(changing.output.map(({ id }) => id));
  const read = (exprs: readonly Expr[]): readonly ColumnId[] => exprs.flatMap((expr) => [...columnsOf(expr)]).filter((id) => own.has(id));
  if (node.kind === "Filter") return read([node.predicate]);
  if (node.kind === "Join") return read([...node.equalities.flatMap(({ left, right }) => [left, right]), ...(node.residual === undefined ? [] : [node.residual])]);
  return [];
}

/** The columns whose values tell a row of a changing result apart, and so never change. */
function stableColumns(node: LogicalPlan, properties: StreamingProperties): ReadonlySet<ColumnId> {
  if (!node.streaming || properties.of(node).changelogMode === "append") return new Set(node.output.map(({ id }) => id));
  const below = new Set(node.children.flatMap((child) => [...stableColumns(child, properties)]));
  switch (node.kind) {
    case "Aggregate":
      return new Set(node.keyCopies?.flat() ?? []);
    case "Project":
      return new Set(node.columns.flatMap(({ id, expr }) => ([...columnsOf(expr)].every((column) => below.has(column)) && expr.volatility !== "volatile" && expr.volatility !== "batch" ? [id] : [])));
    default:
      return below;
  }
}
