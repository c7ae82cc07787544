import type { ColumnId, Expr } from "../../ir/expr/expr.ts";
import { columnRef } from "../../ir/expr/build.ts";
import { columnsOf, substitute } from "../../ir/expr/walk.ts";
import type { LogicalPlan, ProjectedColumn } from "../../ir/logical/plan.ts";
import { Project, Scan } from "../../ir/logical/plan.ts";
import type { Span } from "../../source/span.ts";
import type { JobContext } from "../job-context.ts";
import type { Scope, ScopeEntry } from "../expressions/scope.ts";
import { openScope } from "../expressions/scope.ts";

/** A pipeline so far: the plan and the names that reach the next step. */
export interface BoundRelation {
  readonly plan: LogicalPlan;
  readonly scope: Scope;
  /** An error hides what the rows are; it is reported, and nothing that follows from it is. */
  readonly poisoned: boolean;
}

/** Stands for rows that are not known because of an error that is already reported. */
export function poisonedRelation(origin: Span): BoundRelation {
  const input = { name: "", bounded: true, span: origin, connector: "", options: [], format: undefined, fields: [], malformed: { kind: "fail" as const }, strict: false };
  return { plan: new Scan(input, [], new Set(), undefined, origin), scope: openScope, poisoned: true };
}

/** One column of a new row: its name, its aliases and how it is computed. */
export interface NewColumn {
  readonly name: string;
  readonly qualifiers: readonly string[];
  readonly expr: Expr;
}

/** A projection onto new columns. A column passed on under its name keeps its id; hidden names follow as long as their columns are there. */
export function projected(job: JobContext, input: BoundRelation, columns: readonly NewColumn[], ended: ReadonlyMap<string, string>, keepHidden: boolean, origin: Span): BoundRelation {
  const taken = new Set<ColumnId>();
  const sources = keepHidden ? input.scope.entries.filter(({ expr, hidden }) => hidden && expr.kind === "ColumnRef" && input.plan.output.some(({ id }) => id === expr.id) && !columns.some((column) => column.expr.kind === "ColumnRef" && column.expr.id === expr.id)) : [];
  const list = [...columns, ...sources].map(({ name, expr }): ProjectedColumn => {
    const keeps = expr.kind === "ColumnRef" && expr.name === name && !taken.has(expr.id);
    const id = keeps ? expr.id : job.newColumn();
    taken.add(id);
    return { id, name, expr };
  });
  const present = new Set(input.scope.entries.flatMap(({ expr, isPresent }) => (isPresent === true && expr.kind === "ColumnRef" ? [expr.id] : [])));
  const entries = list.slice(0, columns.length).map(({ id, name, expr }, index): ScopeEntry => ({ name, qualifiers: columns[index]?.qualifiers ?? [], expr: columnRef(id, name, expr.type, expr.nullable), hidden: false, ...(expr.kind === "ColumnRef" && present.has(expr.id) ? { isPresent: true } : {}) }));
  const hidden = keepHidden ? input.scope.entries.filter((entry) => entry.hidden).flatMap((entry) => carried(entry, list)) : [];
  return { plan: new Project(input.plan, list, origin), scope: { entries: [...entries, ...hidden], open: input.scope.open, ended }, poisoned: input.poisoned };
}

function carried(entry: ScopeEntry, list: readonly ProjectedColumn[]): readonly ScopeEntry[] {
  const now = new Map<ColumnId, Expr>();
  for (const { id, name, expr } of list) if (expr.kind === "ColumnRef" && !now.has(expr.id)) now.set(expr.id, columnRef(id, name, expr.type, expr.nullable));
  return [...columnsOf(entry.expr)].every((id) => now.has(id)) ? [{ ...entry, expr: substitute(entry.expr, now) }] : [];
}
