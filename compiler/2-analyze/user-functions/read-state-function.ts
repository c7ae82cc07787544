import type { Node, Symbol as MorphSymbol, Type } from "ts-morph";
import { asyncFunction, openSignature } from "../../diagnostics/catalogue/imports.ts";
import { stateChanges, stateResult, stateShape, stateTtl, stateType } from "../../diagnostics/catalogue/user-state.ts";
import type { Diagnostic, DiagnosticDraft } from "../../diagnostics/diagnostic.ts";
import type { UserFunctionRef, UserResult } from "../../ir/expr/expr.ts";
import type { KeptState, NamedState, UserStateKind } from "../../ir/logical/plan.ts";
import { arrayType } from "../../ir/types/data-type.ts";
import type { Shape } from "../../ir/types/shape.ts";
import type { Span } from "../../source/span.ts";
import { dataTypeOf, mayBeNull } from "./data-type-of.ts";
import { durationOfText } from "./duration-of-text.ts";
import { morph } from "./morph.ts";
import type { DeclaredPlace, Place } from "./place.ts";
import { declaredPlace, placeOf } from "./place.ts";
import { reportShape } from "./report-shape.ts";
import { rowsOf } from "./rows-of.ts";
import { sameShape } from "./same-shape.ts";
import { fieldsInOrder } from "./field-order.ts";
import { shapeOf } from "./shape-of-type.ts";
import type { ImportedValue } from "./user-functions.ts";

/** A parameter of a function with state, with the places to point at. */
export interface StateParameter {
  readonly name: string;
  readonly shape: Shape;
  readonly place: DeclaredPlace;
  readonly fieldPlaces: ReadonlyMap<string, DeclaredPlace>;
}

/** What a function with state takes, keeps and gives (decision 0026: its parameters say which of the shapes it has). */
export interface ReadStateFunction {
  readonly kind: UserStateKind;
  /** For the module: `returns` are the state of `update`, else a row. It has no parameters that expressions could give. */
  readonly ref: UserFunctionRef;
  /** Undefined where the function does not take the key (`update`). `elements`: of a tuple the shape of each of its parts. */
  readonly key: (StateParameter & { readonly elements: readonly Shape[] | undefined }) | undefined;
  /** A row of its array. */
  readonly row: StateParameter;
  readonly kept: KeptState;
  /** Its rows are of the very type that it is given. */
  readonly returnsRows: boolean;
  /** Where it sets a timer in event time. */
  readonly eventTimer: Place | undefined;
  /** The function's declaration. */
  readonly node: Node;
  readonly place: DeclaredPlace;
}

/** The shapes, for the help of a report. */
const shapes = [
  "`(rows: readonly Row[], previous: S | undefined) => S | undefined`",
  "`(key: K, rows: readonly Row[], state: GroupState<S>) => U`, which gives one row a call, or `Iterable<U>`",
  "`(key: K, rows: readonly Row[], states: { total: ValueState<number>; timers: Timers }) => Iterable<U>`",
];

/** Reads a function that `state` names; undefined after a report at `at`, its name in the step. */
export function readStateFunction({ imported, node }: ImportedValue, at: Span, report: (diagnostic: Diagnostic) => void): ReadStateFunction | undefined {
  return new Reader(imported.alias.text, node, at, report).read({ exportName: imported.name.text, from: imported.statement.from.value });
}

class Reader {
  readonly #name: string;
  readonly #node: Node;
  readonly #at: Span;
  readonly #report: (diagnostic: Diagnostic) => void;
  readonly #place: DeclaredPlace;

  constructor(name: string, node: Node, at: Span, report: (diagnostic: Diagnostic) => void) {
    this.#name = name;
    this.#node = node;
    this.#at = at;
    this.#report = report;
    this.#place = { ...placeOf(node), typeText: "" };
  }

  read(from: { readonly exportName: string; readonly from: string }): ReadStateFunction | undefined {
    const [signature, second] = this.#node.getType().getCallSignatures();
    if (signature === undefined) return this.#noShape("it is no function");
    if (second !== undefined) return this.#refuse(openSignature({ name: this.#name, what: "overloads" }), "export a function with one plain signature");
    if (signature.getTypeParameters().length > 0) return this.#refuse(openSignature({ name: this.#name, what: "type parameters" }), "export a function with one plain signature");
    const parameters = signature.getParameters();
    const result = signature.getReturnType();
    const promise = partsOf(result).find((part) => part.getSymbol()?.getName() === "Promise");
    if (promise !== undefined) return this.#refuse(asyncFunction({ name: this.#name }), "return the value at once: a state is the same when a batch is run again", `returns ${result.getText(this.#node)}`);
    const [first, middle, third] = parameters;
    if (first !== undefined && middle !== undefined && parameters.length === 2) return this.#update(first, middle, result, from);
    if (first !== undefined && middle !== undefined && third !== undefined && parameters.length === 3) return this.#keyed(first, middle, third, result, from);
    return this.#noShape(`it has ${parameters.length === 0 ? "no parameters" : parameters.length === 1 ? "one parameter" : `${parameters.length} parameters`}`);
  }

  /** `(values: readonly Row[], previous: S | undefined) => S | undefined`. */
  #update(values: MorphSymbol, previous: MorphSymbol, result: Type, from: { readonly exportName: string; readonly from: string }): ReadStateFunction | undefined {
    const row = this.#rows(values);
    if (row === undefined) return undefined;
    const type = previous.getTypeAtLocation(this.#node);
    if (isGroupState(type)) return this.#noShape("it takes a `GroupState`, and not the key first");
    const kept = this.#stateShape(type, `the parameter \`${previous.getName()}\``, declaredPlace(previous, this.#node));
    const given = this.#stateShape(result, "the result", { ...this.#place, typeText: result.getText(this.#node) });
    if (kept === undefined || given === undefined) return undefined;
    if (!sameShape(bare(kept), bare(given))) {
      const place = declaredPlace(previous, this.#node);
      this.#report(stateChanges({ name: this.#name, taken: place.typeText, given: result.getText(this.#node) }).at(this.#at).also(place.span, `declared as ${place.typeText}`, place.file).helped("return the state that it takes, or undefined, which removes the key"));
      return undefined;
    }
    if (!partsOf(type).some((part) => part.isUndefined()) && !hasDefault(previous)) {
      const place = declaredPlace(previous, this.#node);
      const ofNull = partsOf(type).some((part) => part.isNull()) ? ": before the first rows it is `undefined`, and not `null`" : "";
      const declared = ofNull === "" ? place.typeText : place.typeText.replace(/\s*\|\s*null\b|\bnull\s*\|\s*/, "");
      return this.#refuse(stateShape({ name: this.#name, reason: "a key has no state before its first rows" }), `take \`${previous.getName()}: ${declared} | undefined\`${ofNull}`, `\`${previous.getName()}\` is never undefined`, place);
    }
    const shape = bare(kept);
    return this.#made("update", from, { type: dataTypeOf(shape), nullable: false, shape }, undefined, row, { kind: "one", shape }, false);
  }

  /** The shapes whose first parameter is the key. */
  #keyed(key: MorphSymbol, values: MorphSymbol, state: MorphSymbol, result: Type, from: { readonly exportName: string; readonly from: string }): ReadStateFunction | undefined {
    const row = this.#rows(values);
    const kept = this.#kept(state);
    if (row === undefined || kept === undefined) return undefined;
    const keyType = key.getTypeAtLocation(this.#node);
    const place = declaredPlace(key, this.#node);
    const elements = keyType.isTuple() ? keyType.getTupleElements().map((element) => shapeOf(element, "parameter", this.#node)) : undefined;
    const reading = elements?.find(({ ok }) => !ok) ?? elements?.[0] ?? shapeOf(keyType, "parameter", this.#node);
    if (!reading.ok) {
      reportShape(reading.problem, { name: this.#name, what: `the parameter \`${key.getName()}\``, use: "parameter", at: this.#at, place }, this.#report);
      return undefined;
    }
    // A parameter that is taken apart at once has no name of its own.
    const read = { name: key.getName().startsWith("__") ? "key" : key.getName(), shape: reading.shape, place, fieldPlaces: reading.places, elements: elements?.flatMap((element) => (element.ok ? [element.shape] : [])) };
    const given = rowsOf(result);
    const rowType = given.type.getNonNullableType();
    if (partsOf(result).every((part) => part.isVoid() || part.isUndefined() || part.isNull() || part.isNever())) return this.#noRows(result);
    const shape = shapeOf(given.type, "result", this.#node);
    if (!shape.ok) {
      reportShape(shape.problem, { name: this.#name, what: given.rows === "iterable" ? "a row of the result" : "the result", use: "result", at: this.#at, place: { ...this.#place, typeText: result.getText(this.#node) } }, this.#report);
      return undefined;
    }
    if (given.rows === "iterable" && mayBeNull(shape.shape)) return this.#refuse(stateResult({ name: this.#name, reason: "gives rows that may be null" }), "leave the null out of the rows' type", `returns ${result.getText(this.#node)}`);
    const own = bare(shape.shape);
    const kind: UserStateKind = kept.kind === "named" ? "process" : given.rows === "iterable" || given.nullable ? "flatMap" : "map";
    const returns: UserResult = { type: arrayType(dataTypeOf(own), false), nullable: given.nullable, shape: own, rows: given.rows };
    const element = elementOf(values.getTypeAtLocation(this.#node));
    return this.#made(kind, from, returns, read, row, kept, element !== undefined && rowType.isObject() && element.compilerType === rowType.compilerType);
  }

  #made(kind: UserStateKind, from: { readonly exportName: string; readonly from: string }, returns: UserResult, key: ReadStateFunction["key"], row: StateParameter, kept: KeptState, returnsRows: boolean): ReadStateFunction {
    const eventTimer = kept.kind === "named" && kept.timers !== undefined ? placeOfWord(this.#node, "atEventTime") : undefined;
    return { kind, ref: { name: this.#name, ...from, parameters: [], returns }, key, row, kept, returnsRows, eventTimer, node: this.#node, place: this.#place };
  }

  /** The rows of a key: an array. */
  #rows(parameter: MorphSymbol): StateParameter | undefined {
    const type = parameter.getTypeAtLocation(this.#node);
    const place = declaredPlace(parameter, this.#node);
    const element = elementOf(type);
    if (element === undefined) return this.#refuse(stateShape({ name: this.#name, reason: `\`${parameter.getName()}\`, which takes the rows of a key, is no array` }), `declare it \`${parameter.getName()}: readonly Row[]\``, `\`${parameter.getName()}\` is declared as ${place.typeText}`, place);
    const reading = shapeOf(element, "parameter", this.#node);
    if (reading.ok) return { name: `${parameter.getName()}[]`, shape: reading.shape, place, fieldPlaces: reading.places };
    reportShape(reading.problem, { name: this.#name, what: `the parameter \`${parameter.getName()}\``, use: "parameter", at: this.#at, place }, this.#report);
    return undefined;
  }

  /** The third parameter: a GroupState, or an object of named states and timers. */
  #kept(parameter: MorphSymbol): KeptState | undefined {
    const type = parameter.getTypeAtLocation(this.#node);
    const place = declaredPlace(parameter, this.#node);
    if (isGroupState(type)) {
      const [state] = type.getTypeArguments();
      const shape = state === undefined ? undefined : this.#stateShape(state, `the state \`${parameter.getName()}\``, place);
      return shape === undefined ? undefined : { kind: "one", shape: bare(shape) };
    }
    const states: NamedState[] = [];
    let timers: string | undefined;
    const properties = type.isObject() && !type.isArray() ? fieldsInOrder(type) : [];
    for (const property of properties) {
      const own = property.getTypeAtLocation(this.#node).getNonNullableType();
      const word = own.getSymbol()?.getName() ?? "";
      if (word === "Timers") timers = property.getName();
      else if (word === "ValueState" || word === "ListState" || word === "MapState") {
        const state = this.#named(property, own, word);
        if (state === undefined) return undefined;
        states.push(state);
      } else return this.#noShape(`\`${parameter.getName()}.${property.getName()}\` is neither a \`ValueState\`, \`ListState\`, \`MapState\` nor \`Timers\``, declaredPlace(property, this.#node));
    }
    if (states.length > 0 || timers !== undefined) return { kind: "named", states, timers };
    return this.#noShape(`\`${parameter.getName()}\` is neither a \`GroupState\` nor an object of named states`, place);
  }

  #named(property: MorphSymbol, type: Type, word: "ValueState" | "ListState" | "MapState"): NamedState | undefined {
    const name = property.getName();
    const place = declaredPlace(property, this.#node);
    const args = type.getTypeArguments();
    const [key, value, ttl] = word === "MapState" ? args : [undefined, ...args];
    const shape = value === undefined ? undefined : this.#stateShape(value, `\`${name}\``, place);
    if (shape === undefined) return undefined;
    const keyKind = key === undefined ? undefined : key.isString() || key.isStringLiteral() ? "string" : key.isNumber() ? "number" : key.isBigInt() ? "bigint" : "open";
    if (keyKind === "open") return this.#refuse(stateType({ name: this.#name, what: `the key of \`${name}\``, type: key?.getText(this.#node) ?? "" }), "its keys are string, number or bigint", "declared here", place);
    const given = ttl === undefined || ttl.isNever() ? undefined : ttl;
    const text = given?.getLiteralValue();
    const span = typeof text === "string" ? durationOfText(text) : undefined;
    if (given !== undefined && span === undefined) return this.#refuse(stateTtl({ name: this.#name, state: name, found: given.getText(this.#node) }), 'write a text like `"1 hour"`', "declared here", place);
    const kind = word === "ValueState" ? "value" : word === "ListState" ? "list" : "map";
    return { name, kind, shape, ...(keyKind === undefined ? {} : { key: keyKind }), ...(span === undefined ? {} : { ttl: span }) };
  }

  #stateShape(type: Type, what: string, place: DeclaredPlace): Shape | undefined {
    const reading = shapeOf(type, "parameter", this.#node);
    if (reading.ok) return reading.shape;
    const { problem } = reading;
    const part = problem.path === "" ? what : `\`${problem.path.replace(/^\./, "")}\` in ${what}`;
    const where = problem.place ?? place;
    this.#report(stateType({ name: this.#name, what: part, type: problem.type }).at(this.#at).also(where.span, "declared here", where.file).helped("keep string, number, boolean, bigint, Date, Uint8Array, arrays, maps from strings or records of them"));
    return undefined;
  }

  #noRows(result: Type): undefined {
    return this.#refuse(stateResult({ name: this.#name, reason: "gives no rows, so the step would have no columns" }), "return rows, or a row or undefined; what only writes is a sink, `foreach(writer)`", `returns ${result.getText(this.#node)}`);
  }

  #noShape(reason: string, place: DeclaredPlace = this.#place): undefined {
    const diagnostic = stateShape({ name: this.#name, reason }).at(this.#at).also(place.span, "declared here", place.file);
    this.#report(shapes.reduce((all, shape) => all.note(shape), diagnostic).helped("write it in one of these shapes"));
    return undefined;
  }

  #refuse(draft: DiagnosticDraft, help: string, label: string = "declared here", place: DeclaredPlace = this.#place): undefined {
    this.#report(draft.at(this.#at).also(place.span, label, place.file).helped(help));
    return undefined;
  }
}

/** The columns of a record's fields, or the one of a value. */
export function fieldsOf(shape: Shape): readonly { readonly name: string; readonly shape: Shape }[] {
  return shape.kind === "record" ? shape.fields : [{ name: "value", shape }];
}

/** A shape without what may stand for a missing value. */
function bare<Of extends Shape>(shape: Of): Of {
  return { ...shape, nullable: false, optional: false };
}

function placeOfWord(node: Node, word: string): Place | undefined {
  const at = node.getText().search(new RegExp(`\\b${word}\\b`));
  if (at === -1) return undefined;
  const start = node.getStart() + at;
  return { span: { start, end: start + word.length }, file: placeOf(node).file };
}

/** Whether a parameter takes undefined for the value behind its `=`. */
function hasDefault(parameter: MorphSymbol): boolean {
  const declaration = parameter.getValueDeclaration();
  return declaration !== undefined && morph().Node.isParameterDeclaration(declaration) && declaration.hasInitializer();
}

function isGroupState(type: Type): boolean {
  return type.getSymbol()?.getName() === "GroupState";
}

function elementOf(type: Type): Type | undefined {
  return type.isArray() || type.isReadonlyArray() ? type.getArrayElementType() : ["Iterable", "ReadonlyArray"].includes(type.getSymbol()?.getName() ?? "") ? type.getTypeArguments()[0] : undefined;
}

function partsOf(type: Type): readonly Type[] {
  return type.isUnion() ? type.getUnionTypes() : [type];
}

