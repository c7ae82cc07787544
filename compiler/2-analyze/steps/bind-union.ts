import { commonType } from "../../catalog/types/index.ts";
import { noCommonType, unionColumns } from "../../diagnostics/catalogue/types.ts";
import { unionWithTable } from "../../diagnostics/catalogue/streaming.ts";
import type { StepOf } from "../../ir/ast/step.ts";
import { columnRef } from "../../ir/expr/build.ts";
import type { ColumnId, Expr } from "../../ir/expr/expr.ts";
import { columnsOf, substitute } from "../../ir/expr/walk.ts";
import type { LogicalPlan } from "../../ir/logical/plan.ts";
import { Project, Union } from "../../ir/logical/plan.ts";
import type { DataType } from "../../ir/types/data-type.ts";
import { sameType } from "../../ir/types/data-type.ts";
import type { Span } from "../../source/span.ts";
import { coerce } from "../expressions/coerce.ts";
import type { ScopeEntry } from "../expressions/scope.ts";
import { endAliases, visibleEntries } from "../expressions/scope.ts";
import { typeWords } from "../expressions/type-words.ts";
import type { JobContext } from "../job-context.ts";
import { bindRelation } from "./bind-pipeline.ts";
import type { BoundRelation } from "./bound-relation.ts";
import { poisonedRelation } from "./bound-relation.ts";
import type { StepContext } from "./step-context.ts";

interface Side {
  readonly relation: BoundRelation;
  readonly columns: readonly ScopeEntry[];
  readonly span: Span;
}

/** `union`: the rows of each, matched by position under equal names, converted to the common type of each position. */
export function bindUnion(step: StepOf<"Union">, input: BoundRelation, context: StepContext): BoundRelation {
  const { job } = context;
  const sideOf = (relation: BoundRelation, span: Span): Side => ({ relation, columns: visibleEntries(relation.scope), span });
  const sides = [sideOf(input, step.span), ...step.relations.map((node) => sideOf(bindRelation(node, context), node.span))];
  const [first, ...others] = sides;
  if (first === undefined || sides.some(({ relation }) => relation.poisoned)) return poisonedRelation(step.span);
  const fits = others.map((other) => sameColumns(first, other, job) && sameBoundedness(first, other, job));
  const types = fits.every(Boolean) ? commonTypes(sides, job) : undefined;
  if (types === undefined) return poisonedRelation(step.span);

  const inputs = sides.map((side) => converted(side, types, job));
  const columns = first.columns.flatMap(({ name }, at) => {
    const type = types[at];
    return type === undefined ? [] : [{ id: job.newColumn(), name, type, sources: inputs.flatMap(({ sources }) => sources[at] ?? []) }];
  });
  const plan = new Union(inputs.map((side) => side.plan), columns, step.span);
  const entries = plan.output.map(({ id, name, type, nullable }): ScopeEntry => ({ name, qualifiers: [], expr: columnRef(id, name, type, nullable), hidden: false }));
  const now = new Map(first.columns.flatMap(({ expr }, at): readonly (readonly [ColumnId, Expr])[] => {
    const entry = entries[at];
    return expr.kind === "ColumnRef" && entry !== undefined ? [[expr.id, entry.expr]] : [];
  }));
  // The record of a window stays as long as its parts do.
  const windows = first.relation.scope.entries.filter(({ expr, hidden }) => hidden && expr.kind === "MakeRecord" && [...columnsOf(expr)].every((id) => now.has(id)));
  entries.push(...windows.map((entry): ScopeEntry => ({ ...entry, qualifiers: [], expr: substitute(entry.expr, now) })));
  return { plan, scope: { entries, open: false, ended: endAliases(input.scope, "union") }, poisoned: false };
}

function sameColumns(first: Side, other: Side, job: JobContext): boolean {
  const [here, there] = [first.columns, other.columns];
  if (here.length !== there.length) {
    const message = `a union joins rows of the same columns, found ${counted(here.length)} and ${counted(there.length)}`;
    job.report(unionColumns({ message }).at(other.span).labelled(`has ${counted(there.length)}`).helped("choose the columns with `select`"));
    return false;
  }
  const at = here.findIndex(({ name }, index) => name !== there[index]?.name);
  if (at < 0) return true;
  const names = [here[at]?.name ?? "", there[at]?.name ?? ""];
  const message = `a union goes by position, and column ${at + 1} is \`${names[0]}\` in one relation and \`${names[1]}\` in the other`;
  const misplaced = here.every(({ name }) => there.some((entry) => entry.name === name));
  const help = misplaced ? `put the columns in one order: \`(… |> select ${here.map(({ name }) => name).join(", ")})\`` : `give both the same name: \`(… |> rename ${names[1]} as ${names[0]})\``;
  job.report(unionColumns({ message }).at(other.span).labelled(`its column ${at + 1} is \`${names[1]}\``).helped(help));
  return false;
}

function counted(count: number): string {
  return count === 1 ? "1 column" : `${count} columns`;
}

/** Rows of a table would come again with every batch, or only with the first (Spark refuses it: eU1). */
function sameBoundedness(first: Side, other: Side, job: JobContext): boolean {
  if (first.relation.plan.streaming === other.relation.plan.streaming) return true;
  const found = other.relation.plan.streaming ? "this is a stream, the rows before it are of a table" : "this is a table, the rows before it are of a stream";
  job.report(unionWithTable({}).at(other.span).labelled(found).helped("declare the table as a `source`, or join it"));
  return false;
}

function commonTypes(sides: readonly Side[], job: JobContext): readonly DataType[] | undefined {
  const last = sides.at(-1);
  const types = sides[0]?.columns.map(({ name }, at) => {
    const found = sides.flatMap(({ columns }) => columns[at]?.expr.type ?? []);
    const common = commonType(found);
    if (common === undefined && last !== undefined) {
      job.report(noCommonType({ what: `the columns \`${name}\` of a union`, types: [...new Set(found.map(typeWords))].join(", ") }).at(last.span).helped("convert one of them with `cast`"));
    }
    return common;
  });
  const known = types?.filter((type) => type !== undefined);
  return known?.length === types?.length ? known : undefined;
}

/** A side's plan with its columns in the types of the union, and their ids. */
function converted({ relation, columns, span }: Side, types: readonly DataType[], job: JobContext): { readonly plan: LogicalPlan; readonly sources: readonly ColumnId[] } {
  const values = columns.map(({ name, expr }, at): { readonly name: string; readonly expr: Expr } => ({ name, expr: coerce(expr, types[at] ?? expr.type) }));
  const asTheyAre = values.every(({ expr }, at) => expr.kind === "ColumnRef" && sameType(expr.type, columns[at]?.expr.type ?? expr.type));
  if (asTheyAre) return { plan: relation.plan, sources: values.flatMap(({ expr }) => (expr.kind === "ColumnRef" ? [expr.id] : [])) };
  const list = values.map(({ name, expr }) => ({ id: expr.kind === "ColumnRef" ? expr.id : job.newColumn(), name, expr }));
  return { plan: new Project(relation.plan, list, span), sources: list.map(({ id }) => id) };
}
