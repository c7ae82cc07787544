import type { Node, Signature, Symbol as MorphSymbol, Type } from "ts-morph";
import { asyncFunction, openSignature } from "../../diagnostics/catalogue/imports.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { UserFunctionRef, UserResult } from "../../ir/expr/expr.ts";
import { arrayType } from "../../ir/types/data-type.ts";
import type { Shape } from "../../ir/types/shape.ts";
import type { Span } from "../../source/span.ts";
import type { ImportedName } from "../declarations/declarations.ts";
import { dataTypeOf, mayBeNull } from "./data-type-of.ts";
import type { DeclaredPlace } from "./place.ts";
import { declaredPlace } from "./place.ts";
import { reportShape } from "./report-shape.ts";
import { rowsOf } from "./rows-of.ts";
import { shapeOf } from "./shape-of-type.ts";
import type { ExportedFunction } from "./user-modules.ts";
import { fileOf } from "./user-modules.ts";

/** How a function is used, and so what it may give. */
export interface SignatureUse {
  /** One value a call; rows (`flatMap`: an iterable of them, or one or none); or nothing that is looked at (a writer's method). */
  readonly results: "value" | "rows" | "none";
  /** Whether it may give a promise (`map async`, writers): the signature then is that of the awaited value. */
  readonly promises: boolean;
  /** The step that names the function, where one does, and where: what it cannot wait for is told there. */
  readonly step?: { readonly words: string; readonly at: Span };
}

/** What an imported function takes and gives, with the places to point at. */
export interface ReadSignature {
  readonly ref: UserFunctionRef;
  /** How many arguments must be given. */
  readonly required: number;
  readonly parameterPlaces: readonly DeclaredPlace[];
  /** For each parameter the places of the fields of its type, by their paths (`items[].price`, `[].price`). */
  readonly fieldPlaces: readonly ReadonlyMap<string, DeclaredPlace>[];
  /** It gives a promise. */
  readonly isAsync: boolean;
  /** The parameter whose own declared type (or, of an array, whose elements' type) is that of the result or of each row. */
  readonly returnsParameter: number | undefined;
  /** The function's name in its file. */
  readonly span: Span;
  readonly file: { readonly path: string; readonly text: string };
  /** The declaration of what is imported. */
  readonly node: Node;
}

/** A function to read: what is imported, or a method of it. */
export interface FunctionSite {
  readonly imported: ImportedName;
  /** As the job's user knows it: `score`, `writer.process`. */
  readonly name: string;
  /** Where it is declared. */
  readonly node: Node;
}

/** Reads the signature of an exported function from the TypeScript source; undefined after a report. */
export function readSignature(imported: ImportedName, { node }: ExportedFunction, use: SignatureUse, report: (diagnostic: Diagnostic) => void): ReadSignature | undefined {
  const site: FunctionSite = { imported, name: imported.name.text, node };
  return readCall(node.getType().getCallSignatures(), site, use, report);
}

/** Reads one signature: of a function, or of a method of an exported object. Undefined after a report, or where there is none. */
export function readCall(signatures: readonly Signature[], site: FunctionSite, use: SignatureUse, report: (diagnostic: Diagnostic) => void): ReadSignature | undefined {
  const { imported, name, node } = site;
  const file = fileOf(node);
  const [signature] = signatures;
  const declared = nameSpan(node);
  const open = (what: string): undefined => {
    report(openSignature({ name, what }).at(imported.name.span).also(declared, "declared here", file).helped("export a function with one plain signature"));
    return undefined;
  };
  if (signature === undefined) return undefined;
  if (signatures.length > 1) return open("overloads");
  if (signature.getTypeParameters().length > 0) return open("type parameters");
  const parameters = signature.getParameters();
  if (parameters.some(isRest)) return open("a rest parameter");

  const returned = signature.getReturnType();
  const awaited = awaitedType(returned);
  const generator = use.results !== "none" && isAsyncIterable(returned);
  if (generator || (awaited !== undefined && !use.promises)) {
    const { step } = use;
    const draft = asyncFunction({ name, ...(generator ? { gives: "an async generator" } : {}), ...(step === undefined ? {} : { step: step.words }) });
    report(draft.at(step?.at ?? imported.name.span).also(declared, `returns ${returned.getText(node)}`, file).helped(atOnce(use, imported.alias.text, generator)));
    return undefined;
  }
  const types = parameters.map((parameter) => parameter.getTypeAtLocation(node));
  const places = parameters.map((parameter) => declaredPlace(parameter, node));
  const read = parameters.flatMap((parameter, index) => {
    const [type, place] = [types[index], places[index]];
    const reading = type === undefined ? undefined : shapeOf(type, "parameter", node);
    if (reading?.ok === true) return [{ name: parameter.getName(), ...reading }];
    if (reading !== undefined && place !== undefined) reportShape(reading.problem, { name, what: `the parameter \`${parameter.getName()}\``, use: "parameter", at: imported.name.span, place }, report);
    return [];
  });
  const result = readResult(awaited ?? returned, site, use, { span: declared, file }, report);
  if (result === undefined || read.length < parameters.length) return undefined;
  const ref: UserFunctionRef = {
    name: imported.alias.text,
    exportName: imported.name.text,
    from: imported.statement.from.value,
    parameters: read.map((parameter) => ({ name: parameter.name, type: dataTypeOf(parameter.shape), nullable: mayBeNull(parameter.shape), shape: parameter.shape })),
    returns: result.returns,
  };
  const sameAs = types.findIndex((type) => result.type !== undefined && isOwnType(type, result.type));
  return {
    ref,
    required: parameters.filter((parameter) => !isOptional(parameter)).length,
    parameterPlaces: places,
    fieldPlaces: read.map((parameter) => parameter.places),
    isAsync: awaited !== undefined,
    returnsParameter: sameAs < 0 ? undefined : sameAs,
    span: declared,
    file,
    node,
  };
}

/** What to do with a function that would have to be waited for. */
function atOnce({ step }: SignatureUse, name: string, isGenerator: boolean): string {
  if (isGenerator) return `return the rows at once: an array, or a generator that is not async; wait before, with \`map async\``;
  if (step?.words === "map") return `wait for it: \`|> map async ${name}\``;
  return step === undefined ? "export a function that returns its value at once" : `return the value at once, or wait for it in a step before, \`map async\``;
}

function isAsyncIterable(type: Type): boolean {
  return ["AsyncGenerator", "AsyncIterable", "AsyncIterableIterator"].includes(type.getSymbol()?.getName() ?? "");
}

/** The shape of a result that is not looked at. */
const nothing: Shape = { kind: "boolean", nullable: true, optional: true };

/** What a function gives, and the type of it or of each row where it is a record's. */
function readResult(type: Type, { imported, name, node }: FunctionSite, { results }: SignatureUse, place: { readonly span: Span; readonly file: { readonly path: string; readonly text: string } }, report: (diagnostic: Diagnostic) => void): { readonly returns: UserResult; readonly type: Type | undefined } | undefined {
  if (results === "none") return { returns: { type: dataTypeOf(nothing), nullable: true, shape: nothing }, type: undefined };
  const rows = results === "rows" ? rowsOf(type) : undefined;
  const read = rows?.type ?? type;
  const reading = shapeOf(read, "result", node);
  if (!reading.ok) {
    reportShape(reading.problem, { name, what: rows === undefined ? "the result" : "a row of the result", use: "result", at: imported.name.span, place: { ...place, typeText: type.getText(node) } }, report);
    return undefined;
  }
  const { shape } = reading;
  const own = read.getNonNullableType();
  if (rows === undefined) return { returns: { type: dataTypeOf(shape), nullable: mayBeNull(shape), shape }, type: own };
  const row: Shape = rows.rows === "one or none" ? { ...shape, nullable: false, optional: false } : shape;
  return { returns: { type: arrayType(dataTypeOf(row), mayBeNull(row)), nullable: rows.nullable, shape: row, rows: rows.rows }, type: own };
}

/** Whether a result's type is the very type that a parameter, or each element of it, is declared with. */
function isOwnType(parameter: Type, result: Type): boolean {
  const own = parameter.getNonNullableType();
  const element = own.isArray() || own.isReadonlyArray() ? own.getArrayElementType()?.getNonNullableType() : undefined;
  return result.isObject() && (own.compilerType === result.compilerType || element?.compilerType === result.compilerType);
}

/** The name of the function in its declaration, else the whole declaration's first line. */
function nameSpan(node: Node): Span {
  const name = node.getSymbol()?.getName() ?? "";
  const start = node.getStart();
  const at = name === "" ? -1 : node.getSourceFile().getFullText().indexOf(name, start);
  if (at !== -1 && at + name.length <= node.getEnd()) return { start: at, end: at + name.length };
  return { start, end: node.getEnd() };
}

/** What a promise gives; undefined where the type is none. Of `T | Promise<T>` it is the promise's. */
function awaitedType(type: Type): Type | undefined {
  const parts = type.isUnion() ? type.getUnionTypes() : [type];
  const promise = parts.find((part) => ["Promise", "PromiseLike"].includes(part.getSymbol()?.getName() ?? ""));
  return promise?.getTypeArguments()[0];
}

function isRest(parameter: MorphSymbol): boolean {
  return parameter.getDeclarations().some((declaration) => declaration.getText().startsWith("..."));
}

function isOptional(parameter: MorphSymbol): boolean {
  return parameter.getDeclarations().some((declaration) => declaration.getText().match(/^[^:=]*(\?|=)/) !== null || /=/.test(withoutType(declaration.getText())));
}

/** `x: string = "a"` has a default; an `=>` in a type is none. */
function withoutType(text: string): string {
  return text.replaceAll("=>", "");
}
