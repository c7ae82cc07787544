import type { StepOf } from "../../ir/ast/step.ts";
import { Filter } from "../../ir/logical/plan.ts";
import { bindCondition } from "../expressions/bind-expr.ts";
import { rowContext } from "../expressions/expr-context.ts";
import { isPoisoned } from "../expressions/poison.ts";
import type { BoundRelation } from "./bound-relation.ts";
import type { StepContext } from "./step-context.ts";

export function bindWhere(step: StepOf<"Where">, input: BoundRelation, { job }: StepContext): BoundRelation {
  const predicate = bindCondition(step.condition, rowContext(job, input.scope));
  return isPoisoned(predicate) ? input : { ...input, plan: new Filter(input.plan, predicate, step.span) };
}
