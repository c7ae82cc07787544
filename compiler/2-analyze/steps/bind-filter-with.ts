import { wrongResult } from "../../diagnostics/catalogue/imports.ts";
import type { StepOf } from "../../ir/ast/step.ts";
import { Filter } from "../../ir/logical/plan.ts";
import { shapeWords } from "../expressions/shape-words.ts";
import type { BoundRelation } from "./bound-relation.ts";
import { bindRowCall, stepFunction } from "./bind-row-call.ts";
import type { StepContext } from "./step-context.ts";
import { stepWords } from "./step-words.ts";

/** `filter f`: the rows for which f gives true; null counts as false, as in `where`. */
export function bindFilterWith(written: StepOf<"FilterWith">, input: BoundRelation, { job }: StepContext): BoundRelation {
  const step = { words: stepWords(written), function: written.function, span: written.span };
  const signature = stepFunction(step, { results: "value", promises: false }, job);
  if (signature === undefined) return input;
  const { shape } = signature.ref.returns;
  if (shape.kind !== "boolean") {
    job.report(wrongResult({ name: step.function.text, step: step.words, expected: "a boolean", found: shapeWords(shape) }).at(step.function.span).also(signature.span, "declared here", signature.file).helped("return a comparison, or use `map` for another row"));
    return input;
  }
  const call = bindRowCall(step, signature, input, job);
  return call === undefined ? input : { ...input, plan: new Filter(input.plan, call, step.span) };
}
