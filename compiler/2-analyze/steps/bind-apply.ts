import { notARowFunction, wrongResult } from "../../diagnostics/catalogue/imports.ts";
import type { StepOf } from "../../ir/ast/step.ts";
import { columnRef } from "../../ir/expr/build.ts";
import type { Column } from "../../ir/logical/column.ts";
import { Apply } from "../../ir/logical/plan.ts";
import { isPoisoned } from "../expressions/poison.ts";
import { recordArgument, rowArgument, rowParameter } from "../expressions/row-argument.ts";
import { emptyScope, endAliases } from "../expressions/scope.ts";
import { shapeWords } from "../expressions/shape-words.ts";
import { mayBeNull } from "../user-functions/data-type-of.ts";
import { resultTypeFor } from "../user-functions/result-type-for.ts";
import type { BoundRelation } from "./bound-relation.ts";
import { poisonedRelation, projected } from "./bound-relation.ts";
import { stepFunction } from "./bind-row-call.ts";
import type { StepContext } from "./step-context.ts";
import { stepWords } from "./step-words.ts";

/** `transform f`: f makes the rows of a micro-batch of all of its rows; `map async f`: a row of each, several at a time. They are new: aliases and event time end. */
export function bindApply(written: StepOf<"Map"> | StepOf<"Transform">, input: BoundRelation, { job }: StepContext): BoundRelation {
  const step = { words: stepWords(written), function: written.function, span: written.span };
  const how = written.kind === "Map" ? "map async" : "transform";
  const at = step.function.span;
  const signature = stepFunction(step, { results: how === "transform" ? "rows" : "value", promises: true }, job);
  if (signature === undefined) return poisonedRelation(step.span);
  const { returns, name, parameters } = signature.ref;
  const { shape } = returns;
  if (shape.kind !== "record" || mayBeNull(shape) || (how === "transform" && returns.rows !== "iterable")) {
    const expected = how === "transform" ? "an array of records" : "a record";
    const found = `${shapeWords(shape)}${mayBeNull(shape) ? " or nothing" : ""}${returns.rows === "iterable" ? " for each row" : ""}`;
    const help = how === "transform" ? "return the rows of the batch, `{ word: string }[]`" : mayBeNull(shape) ? "give what was not found a field that may be null, and leave such rows out behind: `|> where … is not null`" : "return a record, `{ value: number }`";
    job.report(wrongResult({ name, step: step.words, expected, found }).at(at).also(signature.span, "declared here", signature.file).helped(help));
    return poisonedRelation(step.span);
  }
  job.functions.checkRepeats(name, [signature.node], at, how === "map async" ? "async" : "step");
  const rows = rowParameter(signature, 0);
  const isBatch = parameters[0]?.shape.kind === "array";
  if (how === "transform" && (rows === undefined || !isBatch || signature.required > 1)) {
    const [place] = signature.parameterPlaces;
    const diagnostic = notARowFunction({ name, given: "all rows of a batch", found: parameters[0] === undefined ? "no arguments" : signature.required > 1 ? `${signature.required} arguments` : shapeWords(parameters[0].shape) }).at(at);
    job.report((place === undefined ? diagnostic : diagnostic.also(place.span, `declared as ${place.typeText}`, place.file)).helped("take all rows of the batch: `(rows: readonly { name: string }[]) => …`"));
    return poisonedRelation(step.span);
  }
  const argument = how === "transform" && rows !== undefined ? recordArgument(rows, input.scope, at, job) : rowArgument(signature, input.scope, at, job);
  if (isPoisoned(argument)) return poisonedRelation(step.span);
  const given = resultTypeFor(signature, [argument.type]);
  const type = given.kind === "array" ? given.element : given;
  const columns = type.kind === "record" ? type.fields.map((field): Column => ({ id: job.newColumn(), ...field })) : [];
  const plan = new Apply(input.plan, how, { ...signature.ref, returns: { ...returns, type: given } }, argument, columns, step.span);
  const entries = columns.map((column) => ({ name: column.name, qualifiers: [], expr: columnRef(column.id, column.name, column.type, column.nullable) }));
  return projected(job, { plan, scope: emptyScope, poisoned: input.poisoned }, entries, endAliases(input.scope, step.words), false, step.span);
}
