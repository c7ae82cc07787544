import { isOrderable } from "../../catalog/types/index.ts";
import { duplicateColumn, paramNotAllowed, unknownParam } from "../../diagnostics/catalogue/names.ts";
import { badCount, wrongArgumentType } from "../../diagnostics/catalogue/types.ts";
import type { Expression } from "../../ir/ast/expression.ts";
import type { CountNode, StepOf } from "../../ir/ast/step.ts";
import { columnRef, fieldAccess } from "../../ir/expr/build.ts";
import type { Expr } from "../../ir/expr/expr.ts";
import { Top } from "../../ir/logical/plan.ts";
import { intType, sameType, timestampType, windowType } from "../../ir/types/data-type.ts";
import { bindExpr } from "../expressions/bind-expr.ts";
import { rowContext } from "../expressions/expr-context.ts";
import { isPoisoned } from "../expressions/poison.ts";
import type { Scope, ScopeEntry } from "../expressions/scope.ts";
import { entriesNamed, visibleEntries } from "../expressions/scope.ts";
import { typeWords } from "../expressions/type-words.ts";
import type { JobContext } from "../job-context.ts";
import { bindSortItems } from "./bind-order.ts";
import type { BoundRelation } from "./bound-relation.ts";
import { poisonedRelation } from "./bound-relation.ts";
import type { StepContext } from "./step-context.ts";

/** `top N [with ties] [as rank] by … [per …]`: the row is kept, the rank comes last. */
export function bindTop(step: StepOf<"Top">, input: BoundRelation, { job, ids }: StepContext): BoundRelation {
  const operatorId = ids.next("top", step.named, step.span);
  const count = bindCount(step.count, job);
  const order = bindSortItems(step.order, "top", input, job);
  const per = step.per.map((node): Expr => {
    const expr = bindExpr(declaredWindow(node, input.scope, job) ?? node, rowContext(job, input.scope));
    if (!isOrderable(expr.type)) job.report(wrongArgumentType({ name: "top … per", expected: "a value that can be compared", found: typeWords(expr.type) }).at(node.span));
    return expr;
  });
  const taken = step.rank !== undefined && visibleEntries(input.scope).some(({ name }) => name === step.rank?.text);
  if (taken && step.rank !== undefined) job.report(duplicateColumn({ name: step.rank.text }).at(step.rank.span).helped("give the rank another name"));
  if (input.poisoned || count === undefined || taken || [...order.map(({ expr }) => expr), ...per].some(isPoisoned)) return poisonedRelation(step.span);
  const rank = step.rank === undefined ? undefined : { id: job.newColumn(), name: step.rank.text };
  const plan = new Top(input.plan, { count, ties: step.withTies, rank, order, per: per.flatMap(boundsOfWindow) }, operatorId, step.span);
  const added: readonly ScopeEntry[] = rank === undefined ? [] : [{ name: rank.name, qualifiers: [], expr: columnRef(rank.id, rank.name, intType, false), hidden: false }];
  return { ...input, plan, scope: { ...input.scope, entries: [...input.scope.entries, ...added] } };
}

/** What a name stands for that is no column: a declared window, as in `group by`. */
function declaredWindow(node: Expression, scope: Scope, job: JobContext): Expression | undefined {
  if (node.kind !== "NameExpression" || entriesNamed(scope, node.name.text).length > 0) return undefined;
  return job.declarations.windows.get(node.name.text)?.definition;
}

/** A window is told apart by its start and end. */
function boundsOfWindow(expr: Expr): readonly Expr[] {
  if (!sameType(expr.type, windowType)) return [expr];
  if (expr.kind === "MakeRecord") return expr.values;
  return ["start", "end"].map((field) => fieldAccess(expr, field, timestampType, expr.nullable, expr.origin));
}

/** How many rows of each key; undefined after a report. What is kept hangs on it, so no param may stand there. */
function bindCount(node: CountNode, job: JobContext): number | undefined {
  if (node.kind === "NumberLiteral") {
    const value = Number(node.text);
    if (node.form === "integer" && value <= 2_147_483_647) return value;
    job.report(badCount({ found: node.text }).at(node.span));
    return undefined;
  }
  const param = job.params.get(node.name.text);
  if (param === undefined) job.report(unknownParam({ name: node.name.text }).at(node.span).labelled("a number of rows is wanted here").helped("write the number: `top 3 by …`"));
  else job.report(paramNotAllowed({ name: node.name.text, where: "the number of rows of a `top`" }).at(node.span).also(param.span, "the param").helped("write the number here: `top 3 by …`"));
  return undefined;
}
