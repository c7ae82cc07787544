import type { Node, Type } from "ts-morph";
import { userMethodForm } from "../../diagnostics/catalogue/user-connectors.ts";
import type { Span } from "../../source/span.ts";
import type { JobContext } from "../job-context.ts";
import { awaited, isOptional, type ObjectMethod } from "./members.ts";
import { declaredPlace } from "./place.ts";

/** What a connector calls a method with, and what it wants back. */
export interface MethodForm {
  /** As the help writes it: `open(partitionId: number, version: number): boolean`. */
  readonly written: string;
  /** Whether each argument goes into a parameter of a type. */
  readonly takes: readonly ((parameter: Type) => boolean)[];
  /** Whether a result, awaited, will do; the words say what is wanted. Absent: it is not looked at. */
  readonly gives?: { readonly fits: (result: Type) => boolean; readonly words: string };
  /** Whether it may give a promise. */
  readonly waits: boolean;
}

/** What a method is of: the export from which types are seen, and where the job gives it. */
export interface MethodSite {
  readonly node: Node;
  readonly at: Span;
}

/** Holds a method of the user's against what it is called with; reported where it does not fit. `name` as the user knows it: `writer.open`. */
export function checkMethod(name: string, method: ObjectMethod, form: MethodForm, { node, at }: MethodSite, job: JobContext): boolean {
  const { signatures, place } = method;
  const refuse = (problem: string, where = place, label = "declared here"): false => {
    job.report(userMethodForm({ name, problem }).at(at).also(where.span, label, where.file).helped(`write \`${form.written}\``));
    return false;
  };
  const [signature, second] = signatures;
  if (signature === undefined || second !== undefined) return refuse("has overloads, so its calls cannot be checked");
  for (const [index, parameter] of signature.getParameters().entries()) {
    const type = parameter.getTypeAtLocation(node);
    const where = declaredPlace(parameter, node);
    const given = form.takes[index];
    if (given === undefined && !isOptional(parameter)) return refuse(`takes more arguments than it is called with`, where, "nothing is given for this");
    if (given !== undefined && !type.isAny() && !type.isUnknown() && !given(type)) return refuse(`cannot take what it is called with for \`${parameter.getName()}\``, where, `declared as ${where.typeText}`);
  }
  const result = signature.getReturnType();
  if (!form.waits && awaited(result) !== result) return refuse("returns a promise, and nobody waits for it", place, `returns ${result.getText(node)}`);
  const given = awaited(result);
  if (form.gives !== undefined && !given.isAny() && !partsOf(given).every(form.gives.fits)) {
    return refuse(`must return ${form.gives.words}`, place, `returns ${result.getText(node)}`);
  }
  return true;
}

/** The types that a value may have, promises among them awaited. */
function partsOf(type: Type): readonly Type[] {
  if (type.isUnion()) return type.getUnionTypes().flatMap(partsOf);
  const given = awaited(type);
  return given === type ? [type] : partsOf(given);
}

export function takesNumber(parameter: Type): boolean {
  return parameter.isNumber() || (parameter.isUnion() && parameter.getUnionTypes().some((part) => part.isNumber()));
}

/** An `Error` or nothing goes in. */
export function takesError(parameter: Type): boolean {
  const parts = parameter.isUnion() ? parameter.getUnionTypes() : [parameter];
  return parts.some((part) => part.getSymbol()?.getName() === "Error");
}

/** Whatever there is goes in. */
export function takesAnything(): boolean {
  return true;
}

export function isBooleanOrNothing(result: Type): boolean {
  return result.isBoolean() || result.isBooleanLiteral() || isNothing(result);
}

export function isNothing(result: Type): boolean {
  return result.isVoid() || result.isUndefined() || result.isNever();
}

/** A text or bytes. */
export function isRecordValue(result: Type): boolean {
  return result.isString() || result.isStringLiteral() || result.isTemplateLiteral() || ["Uint8Array", "Buffer"].includes(result.getSymbol()?.getName() ?? "");
}
