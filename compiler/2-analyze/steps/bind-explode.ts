import { duplicateColumn } from "../../diagnostics/catalogue/names.ts";
import { explodeNames } from "../../diagnostics/catalogue/table-functions.ts";
import { wrongArgumentType } from "../../diagnostics/catalogue/types.ts";
import type { Name } from "../../ir/ast/name.ts";
import type { StepOf } from "../../ir/ast/step.ts";
import type { Column } from "../../ir/logical/column.ts";
import { Explode } from "../../ir/logical/plan.ts";
import type { Field } from "../../ir/types/data-type.ts";
import { bindExpr } from "../expressions/bind-expr.ts";
import { rowContext } from "../expressions/expr-context.ts";
import { isPoisoned } from "../expressions/poison.ts";
import { columnEntry, endAliases, visibleEntries, withoutAliases } from "../expressions/scope.ts";
import { typeWords } from "../expressions/type-words.ts";
import type { BoundRelation } from "./bound-relation.ts";
import { poisonedRelation } from "./bound-relation.ts";
import type { StepContext } from "./step-context.ts";
import { stepWords } from "./step-words.ts";

/** `explode`, `explode_outer`: the columns of the element behind those of the row. A map gives a key and a value. */
export function bindExplode(step: StepOf<"Explode">, input: BoundRelation, { job }: StepContext): BoundRelation {
  const value = bindExpr(step.value, rowContext(job, input.scope));
  const names = [step.name, ...(step.second === undefined ? [] : [step.second])];
  if (isPoisoned(value)) return poisonedRelation(step.span);
  const { type } = value;
  if (type.kind !== "array" && type.kind !== "map") {
    job.report(wrongArgumentType({ name: stepWords(step), expected: "an array or a map", found: typeWords(type) }).at(step.value.span));
    return poisonedRelation(step.span);
  }
  const parts: readonly Omit<Field, "name">[] =
    type.kind === "array"
      ? [{ type: type.element, nullable: type.elementNullable }]
      : [{ type: type.key, nullable: false }, { type: type.value, nullable: type.valueNullable }];
  if (parts.length !== names.length) {
    const [first, last] = [names[0], names.at(-1)];
    const message = type.kind === "array" ? "an array gives one column, found two names" : "a map gives two columns, found one name";
    const help = type.kind === "array" ? `write \`as ${first?.text ?? "n"}\`` : `write \`as key, ${last?.text ?? "value"}\``;
    job.report(explodeNames({ message }).at(last?.span ?? step.span).helped(help));
    return poisonedRelation(step.span);
  }
  if (takesNames(names, input, job.report)) return poisonedRelation(step.span);
  const columns = parts.map((part, at): Column => ({ id: job.newColumn(), name: names[at]?.text ?? "", type: part.type, nullable: part.nullable || step.outer }));
  const plan = new Explode(input.plan, value, step.outer, columns, step.span);
  const entries = [...withoutAliases(input.scope), ...columns.map(columnEntry)];
  return { plan, scope: { entries, open: input.scope.open, ended: endAliases(input.scope, stepWords(step)) }, poisoned: input.poisoned };
}

/** Reports new columns whose name is taken, by a column of the row or by one before. */
export function takesNames(names: readonly Name[], input: BoundRelation, report: StepContext["job"]["report"]): boolean {
  const taken = new Set(visibleEntries(input.scope).map((entry) => entry.name));
  let found = false;
  for (const name of names) {
    if (taken.has(name.text)) {
      report(duplicateColumn({ name: name.text }).at(name.span).helped("choose another name"));
      found = true;
    }
    taken.add(name.text);
  }
  return found;
}
