import { isOrderable } from "../../catalog/types/index.ts";
import { columnAndParam, unknownParam } from "../../diagnostics/catalogue/names.ts";
import { badCount, wrongArgumentType } from "../../diagnostics/catalogue/types.ts";
import { suggestion } from "../../diagnostics/did-you-mean.ts";
import type { CountNode, SortKey, StepOf } from "../../ir/ast/step.ts";
import { literals, paramRef } from "../../ir/expr/build.ts";
import type { Expr } from "../../ir/expr/expr.ts";
import type { SortItem } from "../../ir/logical/plan.ts";
import { Limit, Sort } from "../../ir/logical/plan.ts";
import { bindExpr } from "../expressions/bind-expr.ts";
import { rowContext } from "../expressions/expr-context.ts";
import { entriesNamed } from "../expressions/scope.ts";
import { typeWords } from "../expressions/type-words.ts";
import type { JobContext } from "../job-context.ts";
import type { BoundRelation } from "./bound-relation.ts";
import type { StepContext } from "./step-context.ts";

/** `order by`: nulls come first when ascending and last when descending (semantics L4). */
export function bindOrderBy(step: StepOf<"OrderBy">, input: BoundRelation, { job }: StepContext): BoundRelation {
  return { ...input, plan: new Sort(input.plan, bindSortItems(step.order, "order by", input, job), step.span) };
}

/** The items of an order, those of `word`'s step. */
export function bindSortItems(order: readonly SortKey[], word: string, input: BoundRelation, job: JobContext): readonly SortItem[] {
  return order.map((key) => {
    const expr = bindExpr(key.value, rowContext(job, input.scope));
    if (!isOrderable(expr.type)) job.report(wrongArgumentType({ name: word, expected: "a value that has an order", found: typeWords(expr.type) }).at(key.value.span));
    return { expr, descending: key.descending, nullsFirst: key.nulls === undefined ? !key.descending : key.nulls === "first" };
  });
}

export function bindLimit(step: StepOf<"Limit">, input: BoundRelation, { job, ids }: StepContext): BoundRelation {
  const operatorId = ids.next("limit", step.named, step.span);
  const count = bindCount(step.count, input, job);
  return count === undefined ? input : { ...input, plan: new Limit(input.plan, count, operatorId, step.span) };
}

/** A number of rows: a literal, or a param of type int; undefined after a report. */
function bindCount(node: CountNode, { scope }: BoundRelation, job: JobContext): Expr | undefined {
  if (node.kind === "NumberLiteral") {
    const value = Number(node.text);
    if (node.form === "integer" && value <= 2_147_483_647) return literals.int(value, node.span);
    job.report(badCount({ found: node.text }).at(node.span));
    return undefined;
  }
  const param = job.params.get(node.name.text);
  if (param === undefined) {
    const diagnostic = unknownParam({ name: node.name.text }).at(node.span);
    const help = suggestion(node.name.text, job.params.keys(), "params");
    job.report(help === undefined ? diagnostic : diagnostic.helped(help));
    return undefined;
  }
  if (entriesNamed(scope, node.name.text).length > 0) {
    job.report(columnAndParam({ name: node.name.text, other: "param" }).at(node.span).also(param.span, "the param").helped("give the param another name"));
    return undefined;
  }
  if (param.type.kind !== "int") {
    if (param.type.kind !== "error") job.report(badCount({ found: typeWords(param.type) }).at(node.span).also(param.span, "declared here").helped("declare the param as `int`"));
    return undefined;
  }
  return paramRef(param.name, param.type, param.nullable, node.span);
}
