import type { StepOf } from "../../ir/ast/step.ts";
import { Project } from "../../ir/logical/plan.ts";
import type { BoundRelation } from "./bound-relation.ts";
import { poisonedRelation } from "./bound-relation.ts";
import { bindRecordCall, fieldsOfGiven, givenColumn } from "./bind-row-call.ts";
import type { StepContext } from "./step-context.ts";
import { stepWords } from "./step-words.ts";

/** `map f`: a row for each row, which f makes. It is new: aliases and event time end. */
export function bindMap(written: StepOf<"Map">, input: BoundRelation, { job }: StepContext): BoundRelation {
  const step = { words: stepWords(written), function: written.function, span: written.span };
  const call = bindRecordCall(step, "value", input, job);
  if (call === undefined) return poisonedRelation(step.span);
  const given = givenColumn(call, job);
  return fieldsOfGiven(given, new Project(input.plan, [{ id: given.id, name: given.name, expr: call }], step.span), input, step, job);
}
