import { type DataType, isNumeric } from "../../compiler/ir/types/data-type.ts";
import { dateText, timestampText } from "../../runtime/functions/datetime-text.ts";
import { decimalText } from "../../runtime/functions/decimal-text.ts";
import { doubleText, floatText } from "../../runtime/functions/double-text.ts";
import * as kernels from "../../runtime/functions/index.ts";
import { bindSql, evaluateBound } from "./bind-sql.ts";
import type { SqlExpression } from "./sql-expression.ts";
import { untranslatable } from "./untranslatable.ts";

/**
 * Constants of one column as JSON that a queue reads: literals, casts of them, arrays and records, all of the column's one type.
 * Throws for anything else, for a value that Spark fails at, and for one that depends on the clock or the session.
 */
export function constantsAsJson(constants: readonly SqlExpression[]): readonly string[] {
  const column = { kind: "array", items: constants } as const;
  requireConstant(column);
  const bound = bindSql(column, []);
  const values = evaluateBound(bound, [], { runtime: kernels });
  return bound.type.kind === "array" && Array.isArray(values) ? values.map((value: unknown) => jsonOf(value, elementOf(bound.type))) : untranslatable("a column that is no list");
}

function requireConstant(expression: SqlExpression): void {
  switch (expression.kind) {
    case "literal":
      if (expression.value === null && expression.text !== "null") untranslatable("a literal that Sluice refuses");
      if (expression.type.kind === "timestamp" && !isWithoutZone(/^timestamp "(.*)"$/.exec(expression.text)?.[1] ?? "")) untranslatable("a timestamp with a zone");
      return;
    case "cast":
      requireConstant(expression.input);
      requireCast(expression.input, expression.type);
      return;
    case "array": {
      expression.items.forEach(requireConstant);
      const kinds = expression.items.map((item) => bindSql(item, []).type).filter(({ kind }) => kind !== "null");
      // What else has a common type (a text beside a date) is converted by rules that the values would have to be held against.
      if (new Set(kinds.map((type) => (isNumeric(type) ? "number" : type.kind))).size > 1) untranslatable("values of several types");
      return;
    }
    case "record":
      for (const [, value] of expression.fields) requireConstant(value);
      if (new Set(expression.fields.map(([name]) => name)).size < expression.fields.length) untranslatable("two fields of one name");
      return;
    case "call":
      if (expression.name !== "negate") untranslatable(`the function ${expression.name}`);
      expression.args.forEach(requireConstant);
      return;
    default:
      untranslatable("no constant");
  }
}

/** A timestamp is written as its clock, which means the same in every session's zone only where nothing else is made of it or it of anything else. */
function requireCast(input: SqlExpression, to: DataType): void {
  const { kind: from } = bindSql(input, []).type;
  const text = input.kind === "literal" && typeof input.value === "string" ? input.value : undefined;
  if (from === "null") return;
  if (["array", "record", "map"].includes(to.kind)) untranslatable("a cast to a type of parts");
  if (from === "timestamp" && !["timestamp", "date", "string"].includes(to.kind)) untranslatable("a cast of a timestamp");
  if (to.kind === "timestamp" && from !== "timestamp" && from !== "date" && !isWithoutZone(text ?? "")) untranslatable("a cast to a timestamp");
  // `today` and the like.
  if (to.kind === "date" && from === "string" && !/^\s*[+-]?\d/.test(text ?? "")) untranslatable("a cast to a date");
}

function isWithoutZone(text: string): boolean {
  return /^\s*\d{4,6}(?:-\d{1,2}(?:-\d{1,2}(?:[ T]\d{1,2}(?::\d{1,2}(?::\d{1,2}(?:\.\d*)?)?)?)?)?)?\s*$/.test(text);
}

function elementOf(type: DataType): DataType {
  return type.kind === "array" ? type.element : untranslatable(`a value of ${type.kind}`);
}

function jsonOf(value: unknown, type: DataType): string {
  if (value === null || value === undefined) return "null";
  switch (type.kind) {
    case "array":
      return Array.isArray(value) ? `[${value.map((item: unknown) => jsonOf(item, type.element)).join(",")}]` : untranslatable("a value that is no array");
    case "record":
      return `{${type.fields.map(({ name, type: field }) => `${JSON.stringify(name)}:${jsonOf(Reflect.get(Object(value), name), field)}`).join(",")}}`;
    case "boolean":
    case "int":
    case "long":
      return String(value);
    case "decimal":
      return typeof value === "number" || typeof value === "bigint" ? decimalText(value, type.scale) : untranslatable("a value that is no decimal");
    case "double":
      return numberJson(doubleText(Number(value)));
    case "float":
      return numberJson(floatText(Number(value)));
    case "string":
      return JSON.stringify(value);
    case "date":
      return JSON.stringify(dateText(Number(value)));
    case "timestamp":
      return JSON.stringify(timestampText(Number(value)));
    default:
      return untranslatable(`a value of type ${type.kind}`);
  }
}

/** JSON has no number for `NaN` and `Infinity`. */
function numberJson(text: string): string {
  return /\d/.test(text) ? text : JSON.stringify(text);
}
