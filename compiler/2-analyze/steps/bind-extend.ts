import { ambiguousColumn, duplicateColumn, unknownColumn } from "../../diagnostics/catalogue/names.ts";
import { suggestion } from "../../diagnostics/did-you-mean.ts";
import type { Name } from "../../ir/ast/name.ts";
import type { NamedExpression, StepOf } from "../../ir/ast/step.ts";
import type { Expr } from "../../ir/expr/expr.ts";
import { bindExpr } from "../expressions/bind-expr.ts";
import { rowContext } from "../expressions/expr-context.ts";
import type { Scope, ScopeEntry } from "../expressions/scope.ts";
import { visibleEntries } from "../expressions/scope.ts";
import type { JobContext } from "../job-context.ts";
import type { BoundRelation, NewColumn } from "./bound-relation.ts";
import { projected } from "./bound-relation.ts";
import type { StepContext } from "./step-context.ts";

/** `extend`: new columns behind those there are; the row is kept, and with it its aliases. */
export function bindExtend(step: StepOf<"Extend">, input: BoundRelation, { job }: StepContext): BoundRelation {
  const added: NewColumn[] = [];
  const before = visibleEntries(input.scope);
  for (const { name, expr } of bindColumns(step.columns, input.scope, job)) {
    const taken = before.some((entry) => entry.name === name.text);
    if (taken || added.some((column) => column.name === name.text)) {
      job.report(duplicateColumn({ name: name.text }).at(name.span).helped(taken ? `to change the column, write \`set ${name.text} = …\`` : "give one of them another name"));
      continue;
    }
    added.push({ name: name.text, qualifiers: [], expr });
  }
  return projected(job, input, [...before, ...added], input.scope.ended, true, step.span);
}

/** `set`: changes columns in their places. */
export function bindSet(step: StepOf<"Set">, input: BoundRelation, { job }: StepContext): BoundRelation {
  const changed = new Map<ScopeEntry, Expr>();
  for (const { name, expr } of bindColumns(step.columns, input.scope, job)) {
    const entry = columnToChange(name, input.scope, job);
    if (entry === undefined) continue;
    if (changed.has(entry)) job.report(duplicateColumn({ name: name.text }).at(name.span).labelled("set twice in one step"));
    changed.set(entry, expr);
  }
  const columns = visibleEntries(input.scope).map((entry): NewColumn => ({ ...entry, expr: changed.get(entry) ?? entry.expr }));
  return projected(job, input, columns, input.scope.ended, true, step.span);
}

/** The one column that a step changes, removes or renames; undefined after a report. */
export function columnToChange(name: Name, scope: Scope, job: JobContext): ScopeEntry | undefined {
  const [entry, second] = visibleEntries(scope).filter((candidate) => candidate.name === name.text);
  if (second !== undefined) {
    job.report(ambiguousColumn({ name: name.text, places: "both sides of the join" }).at(name.span).helped("choose the columns with `select`, under names that differ"));
    return undefined;
  }
  if (entry === undefined && !scope.open) {
    const help = suggestion(name.text, visibleEntries(scope).map((candidate) => candidate.name), "the columns are");
    const diagnostic = unknownColumn({ name: name.text }).at(name.span);
    job.report(help === undefined ? diagnostic : diagnostic.helped(help));
  }
  return entry;
}

function bindColumns(columns: readonly NamedExpression[], scope: Scope, job: JobContext): readonly { readonly name: Name; readonly expr: Expr }[] {
  const context = rowContext(job, scope, new Set(columns.map(({ name }) => name.text)));
  return columns.map(({ name, value }) => ({ name, expr: bindExpr(value, context) }));
}
