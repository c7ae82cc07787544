import { findScalar } from "../../catalog/functions/registry.ts";
import { duplicateColumn } from "../../diagnostics/catalogue/names.ts";
import { notInThisVersion } from "../../diagnostics/catalogue/planning.ts";
import { badParse } from "../../diagnostics/catalogue/table-functions.ts";
import { suggestion } from "../../diagnostics/did-you-mean.ts";
import { internalError } from "../../diagnostics/internal-error.ts";
import type { CallExpression } from "../../ir/ast/expression.ts";
import type { StepOf } from "../../ir/ast/step.ts";
import { cast, columnRef, fieldAccess } from "../../ir/expr/build.ts";
import type { Expr } from "../../ir/expr/expr.ts";
import { Project } from "../../ir/logical/plan.ts";
import { stringType } from "../../ir/types/data-type.ts";
import { resolveType } from "../declarations/resolve-type.ts";
import { applyFunction } from "../expressions/apply-function.ts";
import { bindExpr } from "../expressions/bind-expr.ts";
import { textReadingOptions } from "../expressions/bind-from-text.ts";
import { bindTextOptions } from "../expressions/bind-text-options.ts";
import { rowContext } from "../expressions/expr-context.ts";
import { isPoisoned } from "../expressions/poison.ts";
import { endAliases, visibleEntries } from "../expressions/scope.ts";
import { typeWords } from "../expressions/type-words.ts";
import type { BoundRelation, NewColumn } from "./bound-relation.ts";
import { poisonedRelation, projected } from "./bound-relation.ts";
import type { StepContext } from "./step-context.ts";

const readers = { csv: "from_csv", json: "from_json" } as const;
const formats = ["avro", ...Object.keys(readers)];

/**
 * `parse json(value, options…) as TYPE`: in the place of the column stand the type's columns, read as `from_json` (for csv,
 * `from_csv`) reads them: every one may be null, and is where the text does not fit.
 */
export function bindParse(step: StepOf<"Parse">, input: BoundRelation, { job }: StepContext): BoundRelation {
  const { type } = resolveType(step.type, job.types);
  const reading = readingOf(step.call, input, job);
  const column = reading?.column;
  if (reading === undefined || column === undefined || type.kind === "error" || input.poisoned) return poisonedRelation(step.span);
  if (type.kind !== "record") {
    job.report(badParse({ message: `\`parse\` gives the columns of a record, found ${typeWords(type)}` }).at(step.type.span).labelled("has no columns").helped("for another value write `extend from_json(… as T) as n`"));
    return poisonedRelation(step.span);
  }
  const fn = findScalar(reading.function) ?? internalError("E9002", `the catalogue has no ${reading.function}`);
  // Bytes are read as UTF-8.
  const text = column.type.kind === "binary" ? cast(column, stringType, false, column.origin) : column;
  const value = applyFunction(fn, [text, ...reading.options], step.call.span, step.call.span, job, type);
  if (isPoisoned(value) || value.type.kind !== "record") return poisonedRelation(step.span);

  const before = visibleEntries(input.scope);
  const at = before.findIndex(({ expr }) => expr.kind === "ColumnRef" && column.kind === "ColumnRef" && expr.id === column.id);
  const others = before.filter((_, index) => index !== at);
  const taken = value.type.fields.filter((field) => others.some((entry) => entry.name === field.name));
  for (const { name } of taken) job.report(duplicateColumn({ name }).at(step.type.span).labelled(`the row has a column \`${name}\` already`).helped(`rename it first: \`|> rename ${name} as …\``));
  if (taken.length > 0) return poisonedRelation(step.span);

  // Read once, then taken apart.
  const id = job.newColumn();
  const name = before[at]?.name ?? "parsed";
  const list = others.map(({ name: other, expr }) => ({ id: expr.kind === "ColumnRef" ? expr.id : job.newColumn(), name: other, expr }));
  const parsed = new Project(input.plan, [...list, { id, name, expr: value }], step.span);
  const record = columnRef(id, name, value.type, value.nullable);
  const columns = before.flatMap((entry, index): readonly NewColumn[] => {
    if (index !== at) {
      const passed = list[index < at ? index : index - 1];
      return passed === undefined ? [] : [{ name: entry.name, qualifiers: [], expr: columnRef(passed.id, passed.name, passed.expr.type, passed.expr.nullable) }];
    }
    return value.type.kind === "record" ? value.type.fields.map((field) => ({ name: field.name, qualifiers: [], expr: fieldAccess(record, field.name, field.type, field.nullable, step.span) })) : [];
  });
  return projected(job, { ...input, plan: parsed }, columns, endAliases(input.scope, "parse"), false, step.span);
}

/** What a `parse` reads, and how. */
interface Reading {
  readonly function: "from_csv" | "from_json";
  readonly column: Expr;
  readonly options: readonly Expr[];
}

/** Undefined after a report. */
function readingOf(call: CallExpression, { scope }: BoundRelation, job: StepContext["job"]): Reading | undefined {
  const { text: format, span } = call.callee;
  const [first, ...rest] = call.args;
  const context = rowContext(job, scope);
  const value = first === undefined ? undefined : bindExpr(first.value, context);
  if (format !== "csv" && format !== "json") {
    const help = suggestion(format, formats, "formats");
    if (formats.includes(format)) job.report(notInThisVersion({ what: `\`parse ${format}(…)\`` }).at(span));
    else job.report(help === undefined ? badParse({ message: `\`parse\` knows no format \`${format}\`` }).at(span) : badParse({ message: `\`parse\` knows no format \`${format}\`` }).at(span).helped(help));
    return undefined;
  }
  if (first === undefined || value === undefined || first.name !== undefined) {
    job.report(badParse({ message: "`parse` needs the column that is read" }).at(call.span).helped(`write \`parse ${format}(value) as { … }\``));
    return undefined;
  }
  const name = readers[format];
  const options = bindTextOptions(`parse ${format}`, rest, textReadingOptions[name], context);
  if (isPoisoned(value) || options === undefined) return undefined;
  if (value.kind === "ColumnRef") return { function: name, column: value, options };
  job.report(badParse({ message: "`parse` replaces a column, found an expression" }).at(first.span).helped(`compute it first: \`|> extend … as text |> parse ${format}(text) as …\``));
  return undefined;
}
