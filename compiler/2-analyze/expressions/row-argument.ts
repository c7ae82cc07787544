import { findScalar } from "../../catalog/functions/registry.ts";
import { ambiguousColumn } from "../../diagnostics/catalogue/names.ts";
import { missingRowField, notARowFunction, nullRowField, rowFieldType } from "../../diagnostics/catalogue/imports.ts";
import type { PlacedDiagnostic } from "../../diagnostics/diagnostic.ts";
import { suggestion } from "../../diagnostics/did-you-mean.ts";
import { internalError } from "../../diagnostics/internal-error.ts";
import { call, literals, makeRecord } from "../../ir/expr/build.ts";
import type { Expr } from "../../ir/expr/expr.ts";
import { recordType } from "../../ir/types/data-type.ts";
import type { RecordShape } from "../../ir/types/shape.ts";
import type { Span } from "../../source/span.ts";
import type { JobContext } from "../job-context.ts";
import { dataTypeOf, mayBeNull } from "../user-functions/data-type-of.ts";
import type { DeclaredPlace } from "../user-functions/place.ts";
import type { ReadSignature } from "../user-functions/read-signature.ts";
import type { Misfit } from "../user-functions/takes.ts";
import { takes } from "../user-functions/takes.ts";
import { isPoisoned, poison } from "./poison.ts";
import type { Scope, ScopeEntry } from "./scope.ts";
import { entriesNamed, visibleEntries } from "./scope.ts";
import { shapeWords } from "./shape-words.ts";
import { typeWords } from "./type-words.ts";

/** A parameter that is given rows: its record, and the places to point at. */
export interface RowParameter {
  /** The function, as the job names it. */
  readonly functionName: string;
  /** As messages write the row: `row`, `rows[]`. */
  readonly name: string;
  readonly shape: RecordShape;
  readonly place: DeclaredPlace;
  /** The fields' places by their names, and by paths below them (`items[].price`). */
  readonly fieldPlaces: ReadonlyMap<string, DeclaredPlace>;
}

/** A parameter that takes a record, or an array of records (`readonly Row[]`); undefined where it takes neither. */
export function rowParameter(signature: ReadSignature, index: number): RowParameter | undefined {
  const parameter = signature.ref.parameters[index];
  const place = signature.parameterPlaces[index];
  const places = signature.fieldPlaces[index];
  if (parameter === undefined || place === undefined || places === undefined) return undefined;
  const functionName = signature.ref.name;
  if (parameter.shape.kind === "record") return { functionName, name: parameter.name, shape: parameter.shape, place, fieldPlaces: places };
  if (parameter.shape.kind !== "array" || parameter.shape.element.kind !== "record") return undefined;
  const inner = new Map([...places].map(([path, field]): [string, DeclaredPlace] => [path.replace(/^\[\]\.?/, ""), field]));
  return { functionName, name: `${parameter.name}[]`, shape: parameter.shape.element, place, fieldPlaces: inner };
}

/**
 * The record of just the columns that a parameter names, in the order of its fields, with the columns' own types; a null for an optional field that
 * the rows do not have. What does not fit is reported, at the job (`at`) and at the field; it is poison then.
 */
export function recordArgument(parameter: RowParameter, scope: Scope, at: Span, job: JobContext): Expr {
  if (scope.open) return poison(at);
  const values = parameter.shape.fields.map(({ name, shape }): Expr => {
    const entries = entriesNamed(scope, name);
    const [entry] = entries;
    if (entry === undefined) {
      if (shape.optional) return literals.null(dataTypeOf(shape), at);
      job.report(missing(parameter, name, scope, at));
      return poison(at);
    }
    if (entries.length > 1) {
      job.report(ambiguousColumn({ name, places: placesOf(entries) }).at(at).also(...fieldLabel(parameter, name)).helped("name the columns apart before: `|> select a.x as x, b.x as other`"));
      return poison(at);
    }
    if (isPoisoned(entry.expr)) return poison(at);
    const isPresent = entry.isPresent === true && entry.expr.nullable;
    const misfit = takes(isPresent ? { type: entry.expr.type, nullable: false } : entry.expr, shape, `.${name}`);
    if (misfit === undefined) return isPresent && !mayBeNull(shape) ? presentValue(entry.expr) : entry.expr;
    job.report(misfitReport(parameter, misfit, at));
    return poison(at);
  });
  if (values.some(isPoisoned)) return poison(at);
  return makeRecord(recordType(parameter.shape.fields.map(({ name }, index) => ({ name, type: values[index]?.type ?? dataTypeOf(parameter.shape), nullable: values[index]?.nullable ?? true }))), values, at);
}

/** What a function of one row is called with: the record of the columns that it names, or the one column that there is. Poison after a report. */
export function rowArgument(signature: ReadSignature, scope: Scope, at: Span, job: JobContext): Expr {
  const { ref, required } = signature;
  const [parameter] = ref.parameters;
  const place = signature.parameterPlaces[0];
  if (parameter === undefined || place === undefined || required > 1) {
    job.report(notARowFunction({ name: ref.name, found: required === 0 ? "no arguments" : `${required} arguments` }).at(at).also(signature.span, "declared here", signature.file).helped("take one record: `(row: { name: string }) => …`"));
    return poison(at);
  }
  if (parameter.shape.kind === "record") {
    const record = rowParameter(signature, 0);
    return record === undefined ? poison(at) : recordArgument(record, scope, at, job);
  }
  if (scope.open) return poison(at);
  const [only, second] = visibleEntries(scope);
  if (only !== undefined && second === undefined && isPoisoned(only.expr)) return poison(at);
  if (only !== undefined && second === undefined && takes({ type: only.expr.type, nullable: false }, parameter.shape) === undefined) return { ...only.expr, origin: at };
  const why = second === undefined && only !== undefined ? `the row's one column is ${typeWords(only.expr.type)}` : "the row has several columns";
  job.report(
    notARowFunction({ name: ref.name, found: shapeWords(parameter.shape) })
      .at(at)
      .also(place.span, `\`${parameter.name}\` is declared as ${place.typeText}`, place.file)
      .note(why)
      .helped(`take a record of the columns that it reads: \`(row: { ${only?.name ?? "name"}: ${place.typeText} }) => …\``),
  );
  return poison(at);
}

/** A column of which the nulls were left out before. */
function presentValue(expr: Expr): Expr {
  const fn = findScalar("present value") ?? internalError("E9002", "the catalogue has no operator `present value`");
  return call(fn.name, [expr], expr.type, false, fn.volatility, expr.origin);
}

function missing(parameter: RowParameter, name: string, scope: Scope, at: Span): PlacedDiagnostic {
  const columns = visibleEntries(scope).map((entry) => entry.name);
  const help = suggestion(name, columns, "the columns are") ?? `compute it before: \`|> extend … as ${name}\`, or declare \`${name}?\``;
  return missingRowField({ name: parameter.functionName, field: name }).at(at).also(...fieldLabel(parameter, name)).helped(help);
}

function misfitReport(parameter: RowParameter, misfit: Misfit, at: Span): PlacedDiagnostic {
  const path = misfit.path.replace(/^\./, "");
  const name = parameter.functionName;
  const label = fieldLabel(parameter, path);
  const isColumn = !/[.[]/.test(path);
  switch (misfit.why) {
    case "missing":
      return missingRowField({ name, field: path }).at(at).also(...label).helped(`declare it optional: \`${path.split(".").at(-1) ?? path}?\``);
    case "null": {
      const type = parameter.fieldPlaces.get(path)?.typeText ?? "T";
      const before = isColumn ? `, or leave such rows out before: \`|> where ${path} is not null\`` : "";
      return nullRowField({ name, field: path }).at(at).also(...label).helped(`declare it \`${type} | null\`${before}`);
    }
    case "type":
      return withHelp(rowFieldType({ name, field: path, expected: shapeWords(misfit.wanted), found: typeWords(misfit.found) }).at(at).also(...label), misfit, isColumn ? path : undefined);
  }
}

function withHelp(diagnostic: PlacedDiagnostic, { found, wanted }: Misfit, column: string | undefined): PlacedDiagnostic {
  const to = conversion(found.kind, wanted.kind);
  if (column !== undefined && to !== undefined) return diagnostic.helped(`convert it before: \`|> set ${column} = cast(${column} as ${to})\``);
  const declared = declaration[found.kind];
  return declared === undefined ? diagnostic : diagnostic.helped(`declare it as ${declared}`);
}

const declaration: { readonly [kind: string]: string } = { string: "string", boolean: "boolean", int: "number", long: "number or bigint", float: "number", double: "number", timestamp: "Date", date: "Date", binary: "Uint8Array", array: "an array", map: "a Map from strings", record: "an interface" };

/** The type to cast a column to so that a parameter takes it, where a cast is what is likely meant. */
export function conversion(found: string, wanted: string): string | undefined {
  if (found === "decimal") return wanted === "number" ? "double" : wanted === "bigint" ? "long" : wanted === "string" ? "string" : undefined;
  if (found === "duration" && (wanted === "string" || wanted === "number")) return wanted === "string" ? "string" : "long";
  return wanted === "string" && ["int", "long", "float", "double", "boolean", "timestamp", "date"].includes(found) ? "string" : undefined;
}

/** The field in the TypeScript file; the parameter where the field has no place of its own (an element). */
function fieldLabel(parameter: RowParameter, path: string): [Span, string, DeclaredPlace["file"]] {
  for (let part = path; part !== ""; part = part.replace(/(?:\[\]|\.?[^.[\]]+)$/, "")) {
    const found = parameter.fieldPlaces.get(part);
    if (found !== undefined) return [found.span, part === path ? `declared as ${found.typeText}` : "declared in this", found.file];
  }
  return [parameter.place.span, `\`${parameter.name}\` is declared as ${parameter.place.typeText}`, parameter.place.file];
}

function placesOf(entries: readonly ScopeEntry[]): string {
  const aliases = entries.flatMap((entry) => entry.qualifiers.slice(0, 1));
  return new Set(aliases).size === entries.length ? aliases.map((alias) => `\`${alias}\``).join(" and ") : "both sides of the join";
}
