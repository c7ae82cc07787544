import { notInThisVersion } from "../../diagnostics/catalogue/planning.ts";
import type { Expression } from "../../ir/ast/expression.ts";
import type { Step } from "../../ir/ast/step.ts";
import { bindExpr } from "../expressions/bind-expr.ts";
import { rowContext } from "../expressions/expr-context.ts";
import type { BoundRelation } from "./bound-relation.ts";
import { poisonedRelation } from "./bound-relation.ts";
import type { StepContext } from "./step-context.ts";
import { stepWords } from "./step-words.ts";

/** A step of the language that this version does not execute: its names are checked, its rows are not known. */
export function bindLater(step: Step, input: BoundRelation, context: StepContext): BoundRelation {
  const row = rowContext(context.job, input.scope);
  for (const expression of expressionsOf(step)) bindExpr(expression, row);
  context.job.report(notInThisVersion({ what: `\`${stepWords(step)}\`` }).at(step.span));
  return poisonedRelation(step.span);
}

function expressionsOf(step: Step): readonly Expression[] {
  switch (step.kind) {
    case "State":
      return step.keys;
    default:
      return [];
  }
}
