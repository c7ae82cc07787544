import type { Node, Signature, Symbol as MorphSymbol, Type } from "ts-morph";
import type { DeclaredPlace } from "./place.ts";
import { declaredPlace } from "./place.ts";

/** An object that a module exports, or that an exported function makes. */
export interface ExportedObject {
  readonly type: Type;
  /** The export's declaration, from which types are seen. */
  readonly node: Node;
  /** It is what a function gives, and not what is exported. */
  readonly isMade: boolean;
}

/** A method of such an object. */
export interface ObjectMethod {
  readonly name: string;
  readonly signatures: readonly Signature[];
  readonly place: DeclaredPlace;
}

/** The object of an export; undefined where it is none: a value that is no object, a class (and not an object of it), a function that wants arguments. */
export function exportedObject(node: Node): ExportedObject | undefined {
  if (node.getKindName() === "ClassDeclaration") return undefined;
  const type = node.getType();
  const [signature] = type.getCallSignatures();
  if (signature === undefined) return type.isObject() || type.isIntersection() ? { type, node, isMade: false } : undefined;
  if (signature.getParameters().some((parameter) => !isOptional(parameter))) return undefined;
  const made = awaited(signature.getReturnType());
  return made.isObject() || made.isIntersection() ? { type: made, node, isMade: true } : undefined;
}

/** A method by its name; undefined where there is none that could be called. */
export function methodOf({ type, node }: ExportedObject, name: string): ObjectMethod | undefined {
  const property = type.getProperty(name);
  if (property === undefined) return undefined;
  const signatures = property.getTypeAtLocation(node).getNonNullableType().getCallSignatures();
  return signatures.length === 0 ? undefined : { name, signatures, place: declaredPlace(property, node) };
}

/** Whether an argument may be left out. */
export function isOptional(parameter: MorphSymbol): boolean {
  return parameter.isOptional() || parameter.getDeclarations().some((declaration) => /^[^:=]*\?|=(?!>)/.test(declaration.getText()));
}

/** What a promise gives; any other type as it is. */
export function awaited(type: Type): Type {
  const name = type.getSymbol()?.getName();
  return (name === "Promise" || name === "PromiseLike" ? type.getTypeArguments()[0] : undefined) ?? type;
}
