import type { Expression, Node, Signature, Symbol as MorphSymbol, Type } from "ts-morph";
import { foreignType } from "../../diagnostics/catalogue/imports.ts";
import { aggregateMemberForm, aggregateMemberMissing, aggregateStateForeign, aggregateStateMismatch, aggregateWaits, retractOfOtherValues } from "../../diagnostics/catalogue/user-aggregates.ts";
import type { Diagnostic, PlacedDiagnostic } from "../../diagnostics/diagnostic.ts";
import type { UserAggregateRef } from "../../ir/expr/user-aggregate.ts";
import type { ImportedName } from "../declarations/declarations.ts";
import { dataTypeOf, mayBeNull } from "./data-type-of.ts";
import { awaited, isOptional } from "./members.ts";
import { morph } from "./morph.ts";
import { type DeclaredPlace, declaredPlace, type Place, placeOf } from "./place.ts";
import { shapeOf, type ShapeReading } from "./shape-of-type.ts";

/** What an imported aggregate takes and gives, with the places to point at. */
export interface ReadAggregate {
  readonly ref: UserAggregateRef;
  /** How many arguments must be given. */
  readonly required: number;
  readonly parameterPlaces: readonly DeclaredPlace[];
  /** Its `add`. */
  readonly place: Place;
  /** The functions that it is made of. */
  readonly members: readonly Node[];
}

const required = ["init", "add", "merge", "result"] as const;
const all = [...required, "retract"] as const;

type MemberName = (typeof all)[number];

/** Whether a value is meant as an aggregate: an object that has a member of one. */
export function looksLikeAggregate(node: Node): boolean {
  const type = node.getType();
  return type.getCallSignatures().length === 0 && type.isObject() && all.some((name) => type.getProperty(name) !== undefined);
}

/** Reads an aggregate from the TypeScript source: each member's signature, held against the others; undefined after a report. */
export function readAggregate(imported: ImportedName, node: Node, report: (diagnostic: Diagnostic) => void): ReadAggregate | undefined {
  return new AggregateReader(imported, node, report).read();
}

interface Member {
  readonly name: MemberName;
  readonly signature: Signature;
  readonly parameters: readonly MorphSymbol[];
  readonly place: DeclaredPlace;
  readonly node: Node;
}

class AggregateReader {
  readonly #imported: ImportedName;
  readonly #declaration: Node;
  /** Where its members and their types are read. */
  readonly #node: Node;
  readonly #report: (diagnostic: Diagnostic) => void;
  #isSound = true;

  constructor(imported: ImportedName, node: Node, report: (diagnostic: Diagnostic) => void) {
    this.#imported = imported;
    this.#declaration = node;
    this.#node = written(node);
    this.#report = report;
  }

  get #name(): string {
    return this.#imported.name.text;
  }

  read(): ReadAggregate | undefined {
    const [init, add, merge, result] = required.map((name) => this.#required(name));
    const retract = this.#member("retract");
    if (init === undefined || add === undefined || merge === undefined || result === undefined || !this.#isSound) return undefined;
    const [stateParameter, ...values] = add.parameters;
    if (stateParameter === undefined) return this.#refuseForm(add, "takes no state");
    this.#holdForms(init, merge, result);
    const state = stateParameter.getTypeAtLocation(this.#node);
    const shape = this.#stateShape(state, declaredPlace(stateParameter, this.#node));
    this.#holdStates(state, [init, add, merge, result, ...(retract === undefined ? [] : [retract])]);
    if (retract !== undefined) this.#holdRetract(add, retract, values);
    const parameters = values.map((value) => this.#parameter(value, add));
    // A declared type says what a result may be, also where the function as it is written gives less.
    const declared = this.#declaration.getType().getProperty("result")?.getTypeAtLocation(this.#declaration).getCallSignatures()[0];
    const returned = (declared ?? result.signature).getReturnType();
    const given = this.#shapeOf(returned, "result", "the result", result.place, "return string, number, boolean, bigint, Date, Uint8Array, or arrays, maps or records of them, or null");
    if (!this.#isSound || shape === undefined || given === undefined) return undefined;
    const ref: UserAggregateRef = {
      name: this.#imported.alias.text,
      exportName: this.#name,
      from: this.#imported.statement.from.value,
      state: shape,
      parameters: parameters.flatMap((parameter) => (parameter === undefined ? [] : [parameter])),
      returns: { type: dataTypeOf(given), nullable: mayBeNull(given), shape: given },
      retracts: retract !== undefined,
    };
    return {
      ref,
      required: values.filter((value) => !isOptional(value)).length,
      parameterPlaces: values.map((value) => declaredPlace(value, this.#node)),
      place: add.place,
      members: [init, add, merge, result, ...(retract === undefined ? [] : [retract])].map((member) => member.node),
    };
  }

  #required(name: MemberName): Member | undefined {
    if (this.#node.getType().getProperty(name) !== undefined) return this.#member(name);
    const help = { init: "`init` gives the state of no rows", add: "`add` gives the state with one row more", merge: "`merge` puts the states of two sets of rows together, as those of a window's panes", result: "`result` gives the value of a state", retract: "" };
    this.#refuse(aggregateMemberMissing({ name: this.#name, member: name }).at(this.#imported.name.span).also(...label(placeOf(this.#declaration), "declared here")).helped(help[name]));
    return undefined;
  }

  #member(name: MemberName): Member | undefined {
    const property = this.#node.getType().getProperty(name);
    if (property === undefined) return undefined;
    const type = property.getTypeAtLocation(this.#node).getNonNullableType();
    const place = declaredPlace(property, this.#node);
    const signatures = type.getCallSignatures();
    const [signature] = signatures;
    const parameters = signature?.getParameters() ?? [];
    const found = signature === undefined ? undefined : { name, signature, parameters, place, node: property.getValueDeclaration() ?? this.#node };
    if (found === undefined) return this.#refuseForm({ name, place }, "is no function");
    if (signatures.length > 1) return this.#refuseForm(found, "has overloads");
    if (found.signature.getTypeParameters().length > 0) return this.#refuseForm(found, "has type parameters");
    if (parameters.some(isRest)) return this.#refuseForm(found, "has a rest parameter");
    if (isPromise(found.signature.getReturnType())) {
      this.#refuse(aggregateWaits({ name: this.#name, member: name }).at(this.#imported.name.span).also(...label(place, "declared here")).helped("compute what has to be waited for in a step before: `map async f`"));
      return undefined;
    }
    return found;
  }

  /** How many parameters there must be; a function that takes fewer may stand for one that is given more. */
  #holdForms(init: Member, merge: Member, result: Member): void {
    if (init.parameters.some((parameter) => !isOptional(parameter))) this.#refuseForm(init, "takes a parameter, and gets none");
    if (merge.parameters.length !== 2) this.#refuseForm(merge, "takes two states and nothing else");
    if (result.parameters.filter((parameter) => !isOptional(parameter)).length > 1) this.#refuseForm(result, "takes more than the state");
  }

  #stateShape(state: Type, place: DeclaredPlace): UserAggregateRef["state"] | undefined {
    const reading = shapeOf(state, "parameter", this.#node);
    if (reading.ok) return reading.shape;
    const { problem } = reading;
    const part = problem.path === "" ? "the state" : `\`${problem.path.replace(/^\./, "")}\` in the state`;
    const help =
      problem.why === "untyped" ? "declare its type: `add: (state: State, …) => …`"
      : problem.why === "recursive" ? "a stored type cannot hold itself: keep the parts in an array or a map"
      : problem.why === "method" ? "a stored state holds data only: make a function of the module of it"
      : "keep string, number, boolean, bigint, Date, Uint8Array, or arrays, `Map`s from strings, or records of them";
    this.#refuse(aggregateStateForeign({ name: this.#name, part, type: problem.type }).at(this.#imported.name.span).also(...label(problem.place ?? place, "declared here")).helped(help));
    return undefined;
  }

  /** What a member gives back must be a state, and a state must be what it takes. */
  #holdStates(state: Type, members: readonly Member[]): void {
    for (const member of members) {
      const returned = member.signature.getReturnType();
      if (member.name !== "result" && !returned.isAssignableTo(state)) this.#refuseState(member, "returns", returned, state, member.place);
      const taken = member.name === "init" || member.name === "add" ? [] : member.parameters.slice(0, member.name === "merge" ? 2 : 1);
      for (const parameter of taken) {
        const type = parameter.getTypeAtLocation(this.#node);
        if (!state.isAssignableTo(type)) this.#refuseState(member, "takes", type, state, declaredPlace(parameter, this.#node));
      }
    }
  }

  #holdRetract(add: Member, retract: Member, values: readonly MorphSymbol[]): void {
    const taken = retract.parameters.slice(1);
    const fits = taken.length === values.length && taken.every((value, at) => values[at]?.getTypeAtLocation(this.#node).isAssignableTo(value.getTypeAtLocation(this.#node)));
    if (fits) return;
    const words = (list: readonly MorphSymbol[]): string => (list.length === 0 ? "no value" : list.map((value) => `\`${value.getTypeAtLocation(this.#node).getText(this.#node)}\``).join(" and "));
    this.#refuse(
      retractOfOtherValues({ name: this.#name, added: words(values), retracted: words(taken) })
        .at(this.#imported.name.span)
        .also(...label(retract.place, "declared here"))
        .also(...label(add.place, "`add` is here"))
        .helped("take the values of `add`, so that each row that was added can be taken back"),
    );
  }

  #parameter(value: MorphSymbol, add: Member): UserAggregateRef["parameters"][number] | undefined {
    const place = declaredPlace(value, this.#node);
    const shape = this.#shapeOf(value.getTypeAtLocation(this.#node), "parameter", `the parameter \`${value.getName()}\` of \`${add.name}\``, place, "take string, number, boolean, bigint, Date, Uint8Array, or arrays, maps or records of them, or null");
    return shape === undefined ? undefined : { name: value.getName(), type: dataTypeOf(shape), nullable: mayBeNull(shape), shape };
  }

  #shapeOf(type: Type, use: "parameter" | "result", what: string, place: Place, help: string): UserAggregateRef["state"] | undefined {
    const reading: ShapeReading = shapeOf(type, use, this.#node);
    if (reading.ok) return reading.shape;
    const { problem } = reading;
    const part = problem.path === "" ? what : `\`${problem.path.replace(/^\./, "")}\` in ${what}`;
    this.#refuse(foreignType({ name: this.#name, what: part, type: problem.type }).at(this.#imported.name.span).also(...label(problem.place ?? place, "declared here")).helped(help));
    return undefined;
  }

  #refuseState(member: Member, does: "takes" | "returns", found: Type, state: Type, place: Place): void {
    const text = (type: Type): string => type.getText(this.#node);
    this.#refuse(
      aggregateStateMismatch({ name: this.#name, member: member.name, does, found: text(found), state: text(state) })
        .at(this.#imported.name.span)
        .also(...label(place, `${does} ${text(found)}`))
        .helped("the state is the first parameter of `add`: take and return its type everywhere"),
    );
  }

  #refuseForm({ name, place }: { readonly name: MemberName; readonly place: Place }, what: string): undefined {
    const signatures = { init: "`init()`", add: "`add(state, value, …)`", retract: "`retract(state, value, …)`", merge: "`merge(a, b)`", result: "`result(state)`" };
    this.#refuse(aggregateMemberForm({ name: this.#name, member: name, what }).at(this.#imported.name.span).also(...label(place, "declared here")).helped(`write a plain function ${signatures[name]}`));
    return undefined;
  }

  #refuse(diagnostic: PlacedDiagnostic): void {
    this.#isSound = false;
    this.#report(diagnostic);
  }
}

function label({ span, file }: Place, text: string): [Place["span"], string, Place["file"]] {
  return [span, text, file];
}

function isPromise(type: Type): boolean {
  return [type, ...type.getUnionTypes()].some((part) => awaited(part) !== part);
}

function isRest(parameter: MorphSymbol): boolean {
  return parameter.getDeclarations().some((declaration) => declaration.getText().startsWith("..."));
}

/** The object literal that a constant is declared with, which says more than a declared type does: which members are there, and what their parameters are called. */
function written(node: Node): Node {
  const { Node: is } = morph();
  let value: Expression | undefined = is.isVariableDeclaration(node) ? node.getInitializer() : undefined;
  while (value !== undefined && (is.isSatisfiesExpression(value) || is.isAsExpression(value) || is.isParenthesizedExpression(value))) value = value.getExpression();
  return is.isObjectLiteralExpression(value) ? value : node;
}
