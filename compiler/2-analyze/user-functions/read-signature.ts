import type { Node, Symbol as MorphSymbol, Type } from "ts-morph";
import { asyncFunction, foreignType, openSignature } from "../../diagnostics/catalogue/imports.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { UserFunctionRef } from "../../ir/expr/expr.ts";
import type { DataType } from "../../ir/types/data-type.ts";
import { errorType } from "../../ir/types/data-type.ts";
import type { Span } from "../../source/span.ts";
import type { ImportedName } from "../declarations/declarations.ts";
import { columnTypeOf } from "./column-type.ts";
import type { ExportedFunction } from "./user-modules.ts";
import { fileOf } from "./user-modules.ts";

/** A parameter's place in its TypeScript file. */
export interface ParameterPlace {
  readonly span: Span;
  readonly file: { readonly path: string; readonly text: string };
  /** As TypeScript prints the type. */
  readonly typeText: string;
}

/** What an imported function takes and gives, with the places to point at. */
export interface ReadSignature {
  readonly ref: UserFunctionRef;
  /** How many arguments must be given. */
  readonly required: number;
  readonly parameterPlaces: readonly ParameterPlace[];
  /** The function's name in its file. */
  readonly span: Span;
  readonly file: { readonly path: string; readonly text: string };
}

/** Reads a signature from the TypeScript source; undefined after a report. */
export function readSignature(imported: ImportedName, { node }: ExportedFunction, report: (diagnostic: Diagnostic) => void): ReadSignature | undefined {
  const name = imported.name.text;
  const file = fileOf(node);
  const signatures = node.getType().getCallSignatures();
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
  if (isPromise(returned)) {
    report(asyncFunction({ name }).at(imported.name.span).also(declared, `returns ${returned.getText(node)}`, file).helped("export a function that returns its value at once"));
    return undefined;
  }
  const places = parameters.map((parameter) => placeOf(parameter, node));
  let readable = true;
  const refuse = (what: string, type: Type, span: Span, where: { readonly path: string; readonly text: string }, help: string): DataType => {
    report(foreignType({ name, what, type: type.getText(node) }).at(imported.name.span).also(span, "declared here", where).helped(help));
    readable = false;
    return errorType;
  };
  const read = parameters.map((parameter, index) => {
    const type = parameter.getTypeAtLocation(node);
    const column = columnTypeOf(type, "parameter");
    const place = places[index];
    const columnType = column?.type ?? refuse(`the parameter \`${parameter.getName()}\``, type, place?.span ?? declared, place?.file ?? file, "take string, number, boolean, bigint, Uint8Array, or arrays or maps of them, or null");
    return { name: parameter.getName(), type: columnType, nullable: column?.nullable ?? true };
  });
  const result = columnTypeOf(returned, "result");
  const resultType = result?.type ?? refuse("the result", returned, declared, file, "return string, number, boolean, bigint, Uint8Array, or an array or map of them, or null");
  if (!readable) return undefined;
  const ref: UserFunctionRef = {
    name: imported.alias.text,
    exportName: name,
    from: imported.statement.from.value,
    parameters: read,
    returns: { type: resultType, nullable: result?.nullable ?? true },
  };
  return { ref, required: parameters.filter((parameter) => !isOptional(parameter)).length, parameterPlaces: places, span: declared, file };
}

function placeOf(parameter: MorphSymbol, fallback: Node): ParameterPlace {
  const declaration = parameter.getValueDeclaration() ?? fallback;
  return {
    span: { start: declaration.getStart(), end: declaration.getEnd() },
    file: fileOf(declaration),
    typeText: parameter.getTypeAtLocation(fallback).getText(fallback),
  };
}

/** The name of the function in its declaration, else the whole declaration's first line. */
function nameSpan(node: Node): Span {
  const name = node.getSymbol()?.getName() ?? "";
  const start = node.getStart();
  const at = name === "" ? -1 : node.getSourceFile().getFullText().indexOf(name, start);
  if (at !== -1 && at + name.length <= node.getEnd()) return { start: at, end: at + name.length };
  return { start, end: node.getEnd() };
}

function isPromise(type: Type): boolean {
  const name = type.getSymbol()?.getName();
  return name === "Promise" || name === "PromiseLike" || type.getUnionTypes().some((part) => part.getSymbol()?.getName() === "Promise");
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
