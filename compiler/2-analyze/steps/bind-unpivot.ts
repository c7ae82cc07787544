import { findScalar } from "../../catalog/functions/registry.ts";
import { internalError } from "../../diagnostics/internal-error.ts";
import type { StepOf } from "../../ir/ast/step.ts";
import { call, columnRef, literals } from "../../ir/expr/build.ts";
import { Expand, Filter, Project } from "../../ir/logical/plan.ts";
import { booleanType } from "../../ir/types/data-type.ts";
import { commonOf } from "../expressions/bind-case.ts";
import { bindExpr } from "../expressions/bind-expr.ts";
import { coerce } from "../expressions/coerce.ts";
import { rowContext } from "../expressions/expr-context.ts";
import { isPoisoned } from "../expressions/poison.ts";
import { columnEntry, endAliases, visibleEntries } from "../expressions/scope.ts";
import { takesNames } from "./bind-explode.ts";
import { columnToChange } from "./bind-extend.ts";
import type { BoundRelation } from "./bound-relation.ts";
import { poisonedRelation } from "./bound-relation.ts";
import type { StepContext } from "./step-context.ts";

/**
 * `unpivot (value for key in (a, b as "x"))`: a row for each of the columns whose value is not null (Spark SQL's default,
 * `EXCLUDE NULLS`). Output: the columns that are not turned, the key (the column's name, or its label), the value.
 */
export function bindUnpivot(step: StepOf<"Unpivot">, input: BoundRelation, { job }: StepContext): BoundRelation {
  const context = rowContext(job, input.scope);
  const turned = step.columns.map(({ column, label }) => {
    const entry = columnToChange(column, input.scope, job);
    return { entry, value: entry && { ...entry.expr, origin: column.span }, label: label === undefined ? literals.string(column.text, column.span) : bindExpr(label, context) };
  });
  const values = turned.flatMap(({ value }) => value ?? []);
  const labels = turned.map(({ label }) => label);
  if (values.length < turned.length || [...values, ...labels].some(isPoisoned)) return poisonedRelation(step.span);
  const type = commonOf(values, "the columns of `unpivot`", context);
  const labelType = commonOf(labels, "the labels of `unpivot`", context);
  if (type === undefined || labelType === undefined) return poisonedRelation(step.span);

  const kept = visibleEntries(input.scope).filter((entry) => !turned.some((one) => one.entry === entry));
  if (takesNames([step.key, step.value], { ...input, scope: { ...input.scope, entries: kept } }, job.report)) return poisonedRelation(step.span);
  const key = { id: job.newColumn(), name: step.key.text, values: labels.map((label) => coerce(label, labelType)) };
  const value = { id: job.newColumn(), name: step.value.text, values: values.map((one) => coerce(one, type)) };
  const expanded = new Expand(input.plan, turned.length, [key, value], step.span);
  const isNullable = value.values.some((one) => one.nullable);
  const valueRef = columnRef(value.id, value.name, type, isNullable);
  const isNotNull = findScalar("is not null") ?? internalError("E9002", "the catalogue has no operator `is not null`");
  const present = isNullable ? new Filter(expanded, call(isNotNull.name, [valueRef], booleanType, false, isNotNull.volatility, step.span), step.span) : expanded;
  const others = kept.map(({ name, expr }) => ({ id: expr.kind === "ColumnRef" && expr.name === name ? expr.id : job.newColumn(), name, expr }));
  const own = [columnRef(key.id, key.name, labelType, labels.some((label) => label.nullable)), valueRef].map((expr) => ({ id: expr.id, name: expr.name, expr }));
  const plan = new Project(present, [...others, ...own], step.span);
  return { plan, scope: { entries: plan.output.map(columnEntry), open: input.scope.open, ended: endAliases(input.scope, "unpivot") }, poisoned: input.poisoned };
}
