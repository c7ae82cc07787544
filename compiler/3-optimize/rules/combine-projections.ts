import type { ColumnId, Expr } from "../../ir/expr/index.ts";
import { substitute, visitExpr } from "../../ir/expr/index.ts";
import type { LogicalPlan } from "../../ir/logical/index.ts";
import { Project } from "../../ir/logical/index.ts";
import { isCheap } from "../analyses/is-cheap.ts";
import { bottomUp } from "../rule.ts";

/**
 * Combines adjacent projections: `Project(f, Project(e, x))` → `Project(f[e], x)`, where each e that is not cheap is read at most
 * once.
 *
 * Sound because a projection keeps the rows one by one and e depends on nothing but its row. Nothing is computed more often
 * than before: what is read twice is a column, a literal, a param or a field of one, so a costly or volatile expression is
 * never doubled. Read behind a condition (`case`), e is computed for fewer rows, and can only fail for fewer. A plain column
 * stays a plain column, hence event-time columns and key stay.
 */
export const combineProjections = bottomUp<LogicalPlan>("combine-projections", (node) => {
  if (node.kind !== "Project" || node.input.kind !== "Project") return undefined;
  const { columns: outer, input: inner } = node;
  const reads = countReads(outer.map(({ expr }) => expr));
  if (!inner.columns.every(({ id, expr }) => isCheap(expr) || (reads.get(id) ?? 0) <= 1)) return undefined;
  const computed = new Map(inner.columns.map(({ id, expr }) => [id, expr]));
  return new Project(
    inner.input,
    outer.map((column) => ({ ...column, expr: substitute(column.expr, computed) })),
    node.origin,
  );
});

/** How often each column is read. */
function countReads(exprs: readonly Expr[]): ReadonlyMap<ColumnId, number> {
  const reads = new Map<ColumnId, number>();
  for (const expr of exprs) {
    visitExpr(expr, (part) => {
      if (part.kind === "ColumnRef") reads.set(part.id, (reads.get(part.id) ?? 0) + 1);
    });
  }
  return reads;
}
