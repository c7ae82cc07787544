import type { StepOf } from "../../ir/ast/step.ts";
import { Filter } from "../../ir/logical/plan.ts";
import type { Expr } from "../../ir/expr/expr.ts";
import { bindCondition } from "../expressions/bind-expr.ts";
import { conjuncts } from "../expressions/conjuncts.ts";
import { rowContext } from "../expressions/expr-context.ts";
import { isPoisoned } from "../expressions/poison.ts";
import type { Scope } from "../expressions/scope.ts";
import type { BoundRelation } from "./bound-relation.ts";
import type { StepContext } from "./step-context.ts";

export function bindWhere(step: StepOf<"Where">, input: BoundRelation, { job }: StepContext): BoundRelation {
  const predicate = bindCondition(step.condition, rowContext(job, input.scope));
  return isPoisoned(predicate) ? input : { ...input, plan: new Filter(input.plan, predicate, step.span), scope: withPresent(input.scope, predicate) };
}

/** Tests of which a null gives null or false. */
const nullFails: ReadonlySet<string> = new Set(["is not null", "isnotnull", "=", "!=", "<", "<=", ">", ">=", "like", "rlike"]);

/** Marks the columns that a condition does not let through as null. */
function withPresent(scope: Scope, predicate: Expr): Scope {
  const present = new Set(
    conjuncts(predicate).flatMap((part) => {
      if (part.kind === "ColumnRef") return [part.id];
      if (part.kind !== "Call" || !nullFails.has(part.name)) return [];
      return part.args.flatMap((arg) => (arg.kind === "ColumnRef" ? [arg.id] : []));
    }),
  );
  if (present.size === 0) return scope;
  return { ...scope, entries: scope.entries.map((entry) => (entry.expr.kind === "ColumnRef" && present.has(entry.expr.id) ? { ...entry, isPresent: true } : entry)) };
}
