import type { Step } from "../../ir/ast/step.ts";
import type { ScopeEntry } from "../expressions/scope.ts";
import { visibleEntries } from "../expressions/scope.ts";
import type { JobContext } from "../job-context.ts";
import type { BoundRelation } from "./bound-relation.ts";
import { projected } from "./bound-relation.ts";

/** Steps that let a source's hidden columns pass, or take from the row only what they name. */
const passing: ReadonlySet<Step["kind"]> = new Set(["Where", "FilterWith", "Select", "Extend", "Set", "Drop", "Rename", "As", "Watermark", "Aggregate"]);

export function letsHiddenColumnsPass(step: Step): boolean {
  return passing.has(step.kind);
}

/** Hidden names that are columns of the rows themselves (`_file`), not made of visible ones (`window`). */
export function hiddenColumns({ plan, scope }: BoundRelation): readonly ScopeEntry[] {
  const visible = new Set(visibleEntries(scope).flatMap(({ expr }) => (expr.kind === "ColumnRef" ? [expr.id] : [])));
  return scope.entries.filter(({ expr, hidden }) => hidden && expr.kind === "ColumnRef" && !visible.has(expr.id) && plan.output.some(({ id }) => id === expr.id));
}

/** The same rows without the hidden columns of their source. */
export function withoutHiddenColumns(relation: BoundRelation, job: JobContext): BoundRelation {
  if (relation.poisoned || hiddenColumns(relation).length === 0) return relation;
  const entries = visibleEntries(relation.scope);
  const origin = relation.plan.origin ?? { start: 0, end: 0 };
  const stripped = projected(job, { ...relation, scope: { ...relation.scope, entries } }, entries, relation.scope.ended, false, origin);
  return stripped;
}
