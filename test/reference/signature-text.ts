import type { Operand, Resolution } from "../../compiler/catalog/functions/signature.ts";
import {
  arrayType, binaryType, booleanType, type DataType, dateType, decimalType, doubleType, durationType, intType, longType, mapType, nullType, recordType, sameType, stringType,
  timestampType, typeText,
} from "../../compiler/ir/types/data-type.ts";

/** The part of a function that says which arguments it takes. */
interface Resolvable {
  resolve(operands: readonly Operand[]): Resolution;
}

const textMap = mapType(stringType, stringType, true);
const aRecord = recordType([{ name: "a", type: intType, nullable: true }]);
/** Types that arguments are tried with, in the order in which the page names them. */
const tried: readonly DataType[] = [
  booleanType, intType, longType, doubleType, decimalType(10, 2), stringType, binaryType, dateType, timestampType, durationType, arrayType(intType, true), arrayType(stringType, true),
  arrayType(doubleType, true), arrayType(arrayType(intType, true), true), arrayType(aRecord, true), arrayType(recordType([{ name: "k", type: stringType, nullable: false }, { name: "v", type: intType, nullable: true }]), true), mapType(stringType, intType, true), textMap, aRecord,
];
/** Constants that are tried where a type alone will not do: formats, units, places, shares. */
const constants: readonly Operand[] = [constant(stringType, "a"), constant(stringType, "year"), constant(stringType, "UTC"), constant(stringType, "utf-8"), constant(stringType, "hex"), constant(stringType, "999"), constant(stringType, "HOST"), constant(intType, 1), constant(intType, 256), constant(doubleType, 0.5), constant(booleanType, true)];
const choices: readonly Operand[] = [operandOf(nullType), ...tried.map(operandOf), ...constants];
const mostArguments = 8;
/** After so many combinations an argument is taken not to fit. */
const mostQuestions = 400;
const numbers: readonly string[] = ["int", "long", "double", "decimal"];

/** Functions whose arguments depend on their number, or that are not called like the others. */
const spelled: ReadonlyMap<string, string> = new Map([
  ["date_add", "date_add(date, int) → date; date_add(unit, long, timestamp) → timestamp"],
  ["datediff", "datediff(date, date) → int; datediff(unit, timestamp, timestamp) → long"],
  ["from_csv", "from_csv(string as T[, option: value, …]) → T"],
  ["from_json", "from_json(string as T[, option: value, …]) → T"],
  ["map", "map([any, any, …]) → map"],
  ["named_struct", "named_struct(string, any, …) → record"],
  ["round", "round(number[, int]) → number"],
  ["to_csv", "to_csv(record[, option: value, …]) → string"],
  ["to_json", "to_json(array | map | record[, option: value, …]) → string"],
]);

/**
 * The signature of a function as a text, found by asking it: `lpad(string | binary, int[, string | binary]) → string`. Arguments that
 * are converted by themselves are named by what they become; `…` stands for more of the same.
 */
export function signatureText(name: string, fn: Resolvable): string {
  const known = spelled.get(name);
  if (known !== undefined) return known;
  const counts = Array.from({ length: mostArguments + 1 }, (_, count) => count).filter((count) => fitsCount(fn, count));
  const [least, most] = [counts[0], counts.at(-1)];
  if (least === undefined || most === undefined) throw new TypeError(`no arguments of ${name} fit`);
  const isOpen = most === mostArguments;
  const shown = isOpen ? Math.max(least, 1) : most;
  const types = Array.from({ length: shown }, (_, at) => parameterText(fn, counts.find((count) => count > at && count >= least) ?? most, at));
  if (isOpen) return `${name}(${least === 0 ? `[${types.join(", ")}, …]` : `${types.join(", ")}, …`}) → ${resultText(fn, shown)}`;
  const optional = types.slice(least).map((type, at) => `[${least + at > 0 ? ", " : ""}${type}`).join("");
  return `${name}(${types.slice(0, least).join(", ")}${optional}${"]".repeat(types.length - least)}) → ${resultText(fn, least)}`;
}

function fitsCount(fn: Resolvable, count: number): boolean {
  const resolution = fn.resolve(Array.from({ length: count }, () => operandOf(nullType)));
  return resolution.ok || resolution.problem !== "arity";
}

/** Operands of so many arguments that the function takes, one of them given: nulls where these do, and what it asks for in their places. */
function fittingOperands(fn: Resolvable, count: number, given?: { readonly at: number; readonly operand: Operand }): readonly Operand[] | undefined {
  let left = mostQuestions;
  const search = (operands: readonly Operand[], from: number): readonly Operand[] | undefined => {
    if (left-- <= 0) return undefined;
    const resolution = fn.resolve(operands);
    if (resolution.ok) return operands;
    const at = resolution.problem === "arity" ? -1 : resolution.argument;
    if (at < from || at === given?.at) return undefined;
    for (const choice of choices) {
      const found = search(operands.map((operand, place) => (place === at ? choice : operand)), at + 1);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  for (const type of [nullType, intType, stringType, arrayType(intType, true), textMap]) {
    const found = search(Array.from({ length: count }, (_, at) => (at === given?.at ? given.operand : operandOf(type))), 0);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What comes of an argument's types: the type that it is converted to, and the result. */
function outcomes(fn: Resolvable, count: number, at: number): readonly { readonly becomes: DataType; readonly result: DataType }[] {
  return tried.flatMap((type) => {
    for (const operand of [operandOf(type), ...constants.filter((choice) => sameType(choice.type, type))]) {
      const resolution = fn.resolve(fittingOperands(fn, count, { at, operand }) ?? []);
      const becomes = resolution.ok ? resolution.parameters[at] : undefined;
      if (resolution.ok && becomes !== undefined) return [{ becomes, result: resolution.type }];
    }
    return [];
  });
}

function parameterText(fn: Resolvable, count: number, at: number): string {
  const accepted = outcomes(fn, count, at).map(({ becomes }) => becomes);
  if (accepted.length >= tried.length - 1 && !accepted.every(({ kind }) => kind === "string")) return "any";
  return kindsText(accepted);
}

const places = ["first", "second", "third"];

/** The result: one type, that of an argument, or the kinds that there may be. */
function resultText(fn: Resolvable, count: number): string {
  const own = fn.resolve(fittingOperands(fn, count) ?? []);
  const seen: DataType[] = [];
  for (let at = 0; at < count; at++) {
    const results = outcomes(fn, count, at).filter(({ result }) => result.kind !== "null");
    const [first] = results;
    const isVaried = first !== undefined && results.some(({ result }) => !sameType(result, first.result));
    if (isVaried && results.every(({ becomes, result }) => sameType(becomes, result))) return `as the ${places[at] ?? "last"}`;
    if (isVaried && first !== undefined && results.every(({ becomes, result }) => becomes.kind === result.kind) && kindsText(results.map(({ result }) => result)) === "array") return "array";
    seen.push(...results.map(({ result }) => result));
  }
  if (seen.length === 0) return own.ok ? typeText(own.type) : "any";
  const text = kindsText(seen);
  return text.split(" | ").length > 4 && !text.startsWith("number") ? "any" : text;
}

/** Kinds joined by `|`; all kinds of numbers are `number`, a kind with insides is named by them only where it comes in one form. */
function kindsText(types: readonly DataType[]): string {
  const kinds = [...new Set(types.map(({ kind }) => kind))];
  const words = kinds.map((kind) => {
    const forms = types.filter((type) => type.kind === kind);
    const [form] = forms;
    const isOne = form !== undefined && forms.every((other) => sameType(other, form));
    return kind === "decimal" || !isOne || kind === "record" ? kind : typeText(form).replaceAll("?[]", "[]");
  });
  if (kinds.length > 8) return "any";
  const all = numbers.every((word) => words.includes(word));
  const shown = all ? ["number", ...words.filter((word) => !numbers.includes(word))] : words;
  return shown.length > 1 && shown.includes("string") && all && shown.length === 2 ? "number | string" : shown.join(" | ");
}

function operandOf(type: DataType): Operand {
  return { type, nullable: false, constant: type.kind === "null" ? { value: null } : undefined };
}

function constant(type: DataType, value: NonNullable<Operand["constant"]>["value"]): Operand {
  return { type, nullable: false, constant: { value } };
}
