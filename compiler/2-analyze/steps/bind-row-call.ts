import { nullRowField, wrongResult } from "../../diagnostics/catalogue/imports.ts";
import { unknownFunction } from "../../diagnostics/catalogue/names.ts";
import { suggestion } from "../../diagnostics/did-you-mean.ts";
import type { Name } from "../../ir/ast/name.ts";
import { columnRef, fieldAccess } from "../../ir/expr/build.ts";
import type { UserCall } from "../../ir/expr/expr.ts";
import type { Column } from "../../ir/logical/column.ts";
import type { LogicalPlan } from "../../ir/logical/plan.ts";
import type { Span } from "../../source/span.ts";
import { callOf } from "../expressions/bind-user-call.ts";
import { rowArgument } from "../expressions/row-argument.ts";
import { emptyScope, endAliases } from "../expressions/scope.ts";
import { shapeWords } from "../expressions/shape-words.ts";
import type { JobContext } from "../job-context.ts";
import { mayBeNull } from "../user-functions/data-type-of.ts";
import type { ReadSignature, SignatureUse } from "../user-functions/read-signature.ts";
import type { BoundRelation } from "./bound-relation.ts";
import { projected } from "./bound-relation.ts";

/** What a step calls its function with, and what it asks of it. */
export interface RowCallStep {
  /** As the user writes it. */
  readonly words: string;
  readonly function: Name;
  readonly span: Span;
}

/** The imported function that a step names; undefined after a report. */
export function stepFunction({ words, function: name }: RowCallStep, use: SignatureUse, job: JobContext): ReadSignature | undefined {
  if (job.declarations.functions.has(name.text)) return job.functions.signature(name.text, { ...use, step: { words, at: name.span } });
  const help = suggestion(name.text, job.declarations.functions.keys(), "imported are") ?? `import it: \`import { ${name.text} } from "./functions.ts"\``;
  job.report(unknownFunction({ name: name.text }).at(name.span).helped(help));
  return undefined;
}

/** The call of a step's function with the row at hand; undefined after a report. */
export function bindRowCall(step: RowCallStep, signature: ReadSignature, input: BoundRelation, job: JobContext): UserCall | undefined {
  const at = step.function.span;
  const call = callOf(signature, [rowArgument(signature, input.scope, at, job)], step.span, at, { job });
  return call.kind === "UserCall" ? call : undefined;
}

/** The call of a function that gives rows or one: what is given must be records, and never null. Undefined after a report. */
export function bindRecordCall(step: RowCallStep, results: "value" | "rows", input: BoundRelation, job: JobContext): UserCall | undefined {
  const signature = stepFunction(step, { results, promises: false }, job);
  if (signature === undefined) return undefined;
  const { shape } = signature.ref.returns;
  const rows = results === "rows";
  const refuse = (found: string, help: string): undefined => {
    job.report(wrongResult({ name: step.function.text, step: step.words, expected: rows ? "records" : "a record", found }).at(step.function.span).also(signature.span, "declared here", signature.file).helped(help));
    return undefined;
  };
  if (shape.kind !== "record") {
    const found = rows && signature.ref.returns.rows === "iterable" ? `${shapeWords(shape)} for each row` : shapeWords(shape);
    const help = rows || (shape.kind === "array" && shape.element.kind !== "record")
      ? "return rows with names, `{ word: string }[]`, or use `|> extend f(x) as words |> explode words as word`"
      : shape.kind === "array" ? "use `flatMap`, which takes rows" : "return a record, `{ value: number }`, or use `|> extend f(x) as value`";
    return refuse(found, help);
  }
  if (mayBeNull(shape)) return refuse(rows ? "rows that may be null" : "a record or nothing", rows ? "leave the null out of the rows' type" : "use `flatMap`, which takes one row or none");
  const call = bindRowCall(step, signature, input, job);
  if (call?.args.some((arg, at) => arg.nullable && signature.ref.parameters[at]?.nullable === false) !== true) return call;
  const [parameter, place] = [signature.ref.parameters[0], signature.parameterPlaces[0]];
  const column = call.args[0]?.kind === "ColumnRef" ? call.args[0].name : (parameter?.name ?? "");
  const diagnostic = nullRowField({ name: step.function.text, field: column }).at(step.function.span).helped(`declare it with \`| null\`, or leave such rows out before: \`|> where ${column} is not null\``);
  job.report(place === undefined ? diagnostic : diagnostic.also(place.span, `declared as ${place.typeText}`, place.file));
  return undefined;
}

/** The hidden column for what a call gives, named after the type of its rows. */
export function givenColumn({ function: fn, type }: UserCall, job: JobContext): Column {
  const { shape } = fn.returns;
  const own = shape.kind === "record" ? shape.name : undefined;
  const name = own === undefined ? `${fn.name}Row` : own.charAt(0).toLowerCase() + own.slice(1);
  return { id: job.newColumn(), name, type: type.kind === "array" ? type.element : type, nullable: false };
}

/** The rows that a function gave: the fields of a hidden column, and nothing of the rows before. */
export function fieldsOfGiven(given: Column, plan: LogicalPlan, input: BoundRelation, step: RowCallStep, job: JobContext): BoundRelation {
  const record = columnRef(given.id, given.name, given.type, false);
  const fields = given.type.kind === "record" ? given.type.fields : [];
  const columns = fields.map((field) => ({ name: field.name, qualifiers: [], expr: fieldAccess(record, field.name, field.type, field.nullable, step.span) }));
  return projected(job, { plan, scope: emptyScope, poisoned: input.poisoned }, columns, endAliases(input.scope, step.words), false, step.span);
}
