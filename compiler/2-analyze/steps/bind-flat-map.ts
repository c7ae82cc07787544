import type { StepOf } from "../../ir/ast/step.ts";
import { Explode } from "../../ir/logical/plan.ts";
import type { BoundRelation } from "./bound-relation.ts";
import { poisonedRelation } from "./bound-relation.ts";
import { bindRecordCall, fieldsOfGiven, givenColumn } from "./bind-row-call.ts";
import type { StepContext } from "./step-context.ts";
import { stepWords } from "./step-words.ts";

/** `flatMap f`: the rows that f makes of each row, one after the other. They are new: aliases and event time end. */
export function bindFlatMap(written: StepOf<"FlatMap">, input: BoundRelation, { job }: StepContext): BoundRelation {
  const step = { words: stepWords(written), function: written.function, span: written.span };
  const call = bindRecordCall(step, "rows", input, job);
  if (call === undefined) return poisonedRelation(step.span);
  const given = givenColumn(call, job);
  return fieldsOfGiven(given, new Explode(input.plan, call, false, [given], step.span), input, step, job);
}
