import type { Node, Symbol as MorphSymbol, Type } from "ts-morph";
import type { RecordShape, ScalarShape, Shape, ShapeField } from "../../ir/types/shape.ts";
import { fieldsInOrder } from "./field-order.ts";
import { sameShape } from "./same-shape.ts";
import type { DeclaredPlace } from "./place.ts";
import { declaredPlace } from "./place.ts";

/** A shape that was read, with the places of its fields by their paths (`items[].price`), or why there is none. */
export type ShapeReading = { readonly ok: true; readonly shape: Shape; readonly places: ReadonlyMap<string, DeclaredPlace> } | { readonly ok: false; readonly problem: ShapeProblem };

/** A part of a type that no column can hold. */
export interface ShapeProblem {
  /** Where in the type: `.items[].price`; empty for the whole. */
  readonly path: string;
  /** The part as TypeScript prints it. */
  readonly type: string;
  /** `untyped`: any or unknown, of a package whose types are not read; `literals`: object literals that are not of one shape; `names`: an object with any names. */
  readonly why: "foreign" | "untyped" | "recursive" | "mixed" | "literals" | "names" | "method" | "no fields";
  /** The field that has the type; undefined for the whole. */
  readonly place: DeclaredPlace | undefined;
}

/** Deeper than any schema: a generic type that grows with each step into it ends here. */
const deepest = 40;

/**
 * Reads what a TypeScript type says of a value: string, number, boolean, bigint, Date, Uint8Array (Buffer), literals and enums of them,
 * arrays, maps from strings, interfaces, type literals and classes by their public fields, each with or without null and undefined.
 * A class that is returned may have methods, of which nothing is read; a value that is passed in has none.
 * `at` is the node from which the type is seen.
 */
export function shapeOf(type: Type, use: "parameter" | "result", at: Node): ShapeReading {
  const places = new Map<string, DeclaredPlace>();
  const problems: ShapeProblem[] = [];
  const shape = new Reader(use, at, places, problems).read(type, "", [], undefined);
  const [problem] = problems;
  if (problem !== undefined) return { ok: false, problem };
  return shape === undefined ? { ok: false, problem: { path: "", type: type.getText(at), why: "foreign", place: undefined } } : { ok: true, shape, places };
}

class Reader {
  readonly #use: "parameter" | "result";
  readonly #at: Node;
  readonly #places: Map<string, DeclaredPlace>;
  readonly #problems: ShapeProblem[];

  constructor(use: "parameter" | "result", at: Node, places: Map<string, DeclaredPlace>, problems: ShapeProblem[]) {
    this.#use = use;
    this.#at = at;
    this.#places = places;
    this.#problems = problems;
  }

  /** `inside`: the record types around it. */
  read(type: Type, path: string, inside: readonly Type[], place: DeclaredPlace | undefined): Shape | undefined {
    return this.#either([type], path, inside, place);
  }

  /** What is one of several types: a union, or a field of object literals that are merged (`merged`). */
  #either(types: readonly Type[], path: string, inside: readonly Type[], place: DeclaredPlace | undefined, merged: boolean = false): Shape | undefined {
    const refuse = (why: ShapeProblem["why"]): undefined => {
      this.#problems.push({ path, type: [...new Set(types.map((type) => type.getText(this.#at)))].join(" | "), why, place });
      return undefined;
    };
    if (types.some((type) => type.isAny() || type.isUnknown())) return refuse("untyped");
    const parts = types.flatMap((type) => (type.isUnion() && !type.isEnum() ? type.getUnionTypes() : [type]));
    const values = parts.filter((part) => !part.isNull() && !part.isUndefined());
    const nulls = { nullable: parts.some((part) => part.isNull()), optional: parts.some((part) => part.isUndefined()) };
    if (this.#use === "result" && values.length > 1 && values.every(isObjectLiteral)) return this.#literals(values, nulls, path, inside, refuse);
    const shapes: Shape[] = [];
    for (const part of values) {
      const shape = this.#single(part, nulls, path, inside, place, refuse);
      if (shape === undefined) return undefined;
      if (!shapes.some((other) => sameShape(other, shape))) shapes.push(shape);
    }
    if (shapes.length > 1) return refuse(merged || (this.#use === "result" && values.some(isObjectLiteral)) ? "literals" : "mixed");
    return shapes[0] ?? refuse("foreign");
  }

  /** Object literals that a function gives one or the other of (`found ? { page, at } : { page, at: null }`): a record of the fields of all. */
  #literals(types: readonly Type[], nulls: { readonly nullable: boolean; readonly optional: boolean }, path: string, inside: readonly Type[], refuse: (why: ShapeProblem["why"]) => undefined): RecordShape | undefined {
    if (inside.length > deepest) return refuse("recursive");
    const properties = new Map<string, MorphSymbol[]>();
    for (const property of types.flatMap(fieldsInOrder)) properties.set(property.getName(), [...(properties.get(property.getName()) ?? []), property]);
    const fields: ShapeField[] = [];
    for (const [name, found] of properties) {
      const [first] = found;
      if (first === undefined) continue;
      const inner = `${path}.${name}`;
      const place = declaredPlace(first, this.#at);
      const read = this.#either(found.map((property) => property.getTypeAtLocation(this.#at)), inner, [...inside, ...types], place, true);
      if (read === undefined) return undefined;
      this.#places.set(inner.replace(/^\./, ""), place);
      const omittable = found.length < types.length || found.some((property) => property.isOptional());
      fields.push({ name, shape: omittable ? { ...read, optional: true } : read, ...(omittable ? { omittable: true as const } : {}) });
    }
    return fields.length === 0 ? refuse("no fields") : { kind: "record", name: undefined, fields, ...nulls };
  }

  #single(type: Type, nulls: { readonly nullable: boolean; readonly optional: boolean }, path: string, inside: readonly Type[], place: DeclaredPlace | undefined, refuse: (why: ShapeProblem["why"]) => undefined): Shape | undefined {
    const scalar = scalarKind(type);
    if (scalar !== undefined) return { kind: scalar, ...nulls };
    if (inside.some((other) => other.compilerType === type.compilerType)) return refuse("recursive");
    if (inside.length > deepest) return refuse("recursive");
    const around = [...inside, type];
    if (type.isTuple()) {
      const elements: Shape[] = [];
      for (const element of type.getTupleElements()) {
        const shape = this.read(element, `${path}[]`, around, place);
        if (shape === undefined) return undefined;
        if (!elements.some((other) => sameShape(other, shape))) elements.push(shape);
      }
      const [element] = elements;
      return element === undefined || elements.length > 1 ? refuse("mixed") : { kind: "array", element, ...nulls };
    }
    if (type.isArray() || type.isReadonlyArray()) {
      const element = type.getArrayElementType();
      const shape = element === undefined ? refuse("foreign") : this.read(element, `${path}[]`, around, place);
      return shape === undefined ? undefined : { kind: "array", element: shape, ...nulls };
    }
    if (isBuiltIn(type, "Map") || isBuiltIn(type, "ReadonlyMap")) {
      const [key, value] = type.getTypeArguments();
      if (key === undefined || value === undefined || scalarKind(key) !== "string") return refuse("foreign");
      const shape = this.read(value, `${path}[]`, around, place);
      return shape === undefined ? undefined : { kind: "map", value: shape, ...nulls };
    }
    return this.#record(type, nulls, path, around, refuse);
  }

  #record(type: Type, nulls: { readonly nullable: boolean; readonly optional: boolean }, path: string, around: readonly Type[], refuse: (why: ShapeProblem["why"]) => undefined): RecordShape | undefined {
    if (!type.isObject() && !type.isIntersection()) return refuse("foreign");
    if (type.getStringIndexType() !== undefined && type.getProperties().length === 0 && !isLibrary(type)) return refuse("names");
    if (type.getCallSignatures().length > 0 || type.getStringIndexType() !== undefined || type.getNumberIndexType() !== undefined || isLibrary(type)) return refuse("foreign");
    const fields: ShapeField[] = [];
    for (const property of fieldsInOrder(type)) {
      if (isHidden(property)) continue;
      const name = property.getName();
      const inner = `${path}.${name}`;
      const fieldType = property.getTypeAtLocation(this.#at);
      const place = declaredPlace(property, this.#at);
      if (fieldType.getNonNullableType().getCallSignatures().length > 0) {
        if (this.#use === "result" && type.isClass()) continue;
        this.#problems.push({ path: inner, type: fieldType.getText(this.#at), why: "method", place });
        return undefined;
      }
      const shape = this.read(fieldType, inner, around, place);
      if (shape === undefined) return undefined;
      this.#places.set(inner.replace(/^\./, ""), place);
      fields.push({ name, shape, ...(property.isOptional() ? { omittable: true as const } : {}) });
    }
    return fields.length === 0 ? refuse("no fields") : { kind: "record", name: recordName(type), fields, ...nulls };
  }
}

/** The type of an object literal in code: `{ page: "/" }`. */
function isObjectLiteral(type: Type): boolean {
  return type.getSymbol()?.getName() === "__object";
}

function scalarKind(type: Type): ScalarShape["kind"] | undefined {
  if (type.isString() || type.isStringLiteral() || type.isTemplateLiteral()) return "string";
  if (type.isNumber() || type.isNumberLiteral()) return "number";
  if (type.isBoolean() || type.isBooleanLiteral()) return "boolean";
  if (type.isBigInt() || type.isBigIntLiteral()) return "bigint";
  if (type.isEnum()) {
    const kinds = new Set(type.isUnion() ? type.getUnionTypes().map(scalarKind) : ["number" as const]);
    const [kind] = kinds;
    return kinds.size === 1 ? kind : undefined;
  }
  // A branded primitive: `string & { readonly brand: "Id" }`.
  if (type.isIntersection()) return type.getIntersectionTypes().map(scalarKind).find((kind) => kind !== undefined && kind !== "Date" && kind !== "Uint8Array");
  if (isBuiltIn(type, "Date")) return "Date";
  if (isBuiltIn(type, "Uint8Array") || isBuiltIn(type, "Buffer")) return "Uint8Array";
  return undefined;
}

function isBuiltIn(type: Type, name: string): boolean {
  return type.getSymbol()?.getName() === name && isLibrary(type);
}

/** Whether a type is declared by the language's own library. */
function isLibrary(type: Type): boolean {
  const symbol = type.getSymbol();
  return symbol !== undefined && !symbol.getName().startsWith("__") && symbol.getDeclarations().some((declaration) => declaration.getSourceFile().isDeclarationFile());
}

/** Private and protected members of a class. */
function isHidden(property: MorphSymbol): boolean {
  if (/^(?:__)?#/.test(property.getName())) return true;
  return property.getDeclarations().some((declaration) => /^(?:private|protected)\s/.test(declaration.getText()));
}

/** The declared name; a type literal in place and an instance of a generic type have none. */
function recordName(type: Type): string | undefined {
  const alias = type.getAliasSymbol();
  const name = (alias ?? type.getSymbol())?.getName();
  const types = alias === undefined ? type.getTypeArguments() : type.getAliasTypeArguments();
  return name === undefined || name.startsWith("__") || types.length > 0 ? undefined : name;
}
