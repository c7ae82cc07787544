import type { Column } from "../../ir/logical/column.ts";
import { bindExpr } from "../expressions/bind-expr.ts";
import { rowContext } from "../expressions/expr-context.ts";
import { isPoisoned } from "../expressions/poison.ts";
import { visibleEntries } from "../expressions/scope.ts";
import type { JobContext } from "../job-context.ts";
import type { BoundRelation, NewColumn } from "../steps/bound-relation.ts";
import { projected } from "../steps/bound-relation.ts";
import { hiddenColumns } from "../steps/hidden-columns.ts";
import type { CheckedTarget } from "./check-sink-target.ts";
import { mentionsName } from "./mentions-name.ts";

/** Rows with columns for those parts of their messages that name a hidden column of the source. */
export interface MessageRows {
  readonly relation: BoundRelation;
  /** The column of each such part, which is not written with the row; undefined after a report. */
  readonly columns: ReadonlyMap<string, Column | undefined>;
}

/** Computes `key: _kafka.key` and the like while the source's hidden columns are at hand, as a step would; undefined where no part names one. */
export function withMessageColumns(relation: BoundRelation, checked: CheckedTarget | undefined, job: JobContext): MessageRows | undefined {
  if (relation.poisoned || checked?.capabilities.ofMessages !== true) return undefined;
  const visible = visibleEntries(relation.scope);
  const hidden = hiddenColumns(relation).filter(({ name }) => !visible.some((entry) => entry.name === name));
  const parts = [...checked.ofRows].filter(([, { value }]) => hidden.some(({ name }) => mentionsName(value, name)));
  if (parts.length === 0) return undefined;
  const added: (NewColumn & { readonly part: string })[] = [];
  const columns = new Map<string, Column | undefined>();
  for (const [part, { value }] of parts) {
    const expr = bindExpr(value, rowContext(job, relation.scope));
    columns.set(part, undefined);
    if (!isPoisoned(expr)) added.push({ part, name: freeName(part, visible), qualifiers: [], expr });
  }
  const entries = [...visible, ...added];
  const made = projected(job, { ...relation, scope: { ...relation.scope, entries: visible } }, entries, relation.scope.ended, false, relation.plan.origin ?? { start: 0, end: 0 });
  for (const { part, name } of added) columns.set(part, made.plan.output.find((column) => column.name === name));
  return { relation: made, columns };
}

function freeName(part: string, visible: readonly { readonly name: string }[]): string {
  let name = `_${part}`;
  while (visible.some((entry) => entry.name === name)) name = `_${name}`;
  return name;
}
