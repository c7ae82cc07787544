import { duplicateColumn } from "../../diagnostics/catalogue/names.ts";
import type { StepOf } from "../../ir/ast/step.ts";
import type { ScopeEntry } from "../expressions/scope.ts";
import { visibleEntries } from "../expressions/scope.ts";
import { columnToChange } from "./bind-extend.ts";
import type { BoundRelation, NewColumn } from "./bound-relation.ts";
import { projected } from "./bound-relation.ts";
import type { StepContext } from "./step-context.ts";

export function bindDrop(step: StepOf<"Drop">, input: BoundRelation, { job }: StepContext): BoundRelation {
  const dropped = new Set(step.columns.map((name) => columnToChange(name, input.scope, job)));
  return projected(job, input, visibleEntries(input.scope).filter((entry) => !dropped.has(entry)), input.scope.ended, true, step.span);
}

/** `rename`: all at once, so that two columns may change names. */
export function bindRename(step: StepOf<"Rename">, input: BoundRelation, { job }: StepContext): BoundRelation {
  const renamed = new Map<ScopeEntry, string>();
  for (const { from, to } of step.columns) {
    const entry = columnToChange(from, input.scope, job);
    if (entry === undefined) continue;
    if (renamed.has(entry)) job.report(duplicateColumn({ name: from.text }).at(from.span).labelled("renamed twice in one step").helped("rename it once, or copy it with `extend`"));
    renamed.set(entry, to.text);
  }
  const columns = visibleEntries(input.scope).map((entry): NewColumn => ({ ...entry, name: renamed.get(entry) ?? entry.name }));
  const doubled = step.columns.filter(({ to }) => columns.filter((column) => column.name === to.text).length > 1);
  for (const { to } of doubled) job.report(duplicateColumn({ name: to.text }).at(to.span).helped("choose another name"));
  if (doubled.length > 0) return input;
  return projected(job, input, columns, input.scope.ended, true, step.span);
}
