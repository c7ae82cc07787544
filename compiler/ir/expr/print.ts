import { durationWords } from "./duration-words.ts";
import { isListLiteral, isMapLiteral, type LiteralValue } from "./literal-value.ts";
import type { DataType } from "../types/data-type.ts";
import { typeText } from "../types/data-type.ts";
import type { Expr } from "./expr.ts";

/** Operators written between their operands, with their precedence (higher binds tighter), as in the language's grammar. */
const infix: Readonly<Record<string, number>> = {
  or: 1, and: 2, "=": 4, "!=": 4, "<": 4, "<=": 4, ">": 4, ">=": 4, like: 4, rlike: 4, "is distinct from": 4, "is not distinct from": 4,
  "+": 5, "-": 5, "||": 5, "*": 6, "/": 6, "%": 6,
};
const suffix: ReadonlySet<string> = new Set(["is null", "is not null", "is true", "is not true", "is false", "is not false"]);

/** An expression in the language's own notation, with parentheses only where needed; for `explain` and comments. */
export function exprText(expr: Expr): string {
  return print(expr, 0);
}

function print(expr: Expr, around: number): string {
  const wrap = (own: number, text: string): string => (own < around ? `(${text})` : text);
  switch (expr.kind) {
    case "Literal":
      return literalText(expr.value, expr.type);
    case "ColumnRef":
    case "ParamRef":
      return nameText(expr.name);
    case "FieldAccess":
      return `${print(expr.input, 9)}.${nameText(expr.field)}`;
    case "Cast":
      return `${expr.safe ? "try_cast" : "cast"}(${print(expr.input, 0)} as ${typeText(expr.type)})`;
    case "Case": {
      const clauses = expr.clauses.map(({ when, then }) => `when ${print(when, 0)} then ${print(then, 0)}`).join(" ");
      return `case ${clauses}${expr.otherwise === undefined ? "" : ` else ${print(expr.otherwise, 0)}`} end`;
    }
    case "MakeArray":
      return `[${expr.items.map((item) => print(item, 0)).join(", ")}]`;
    case "MakeRecord": {
      const names = expr.type.kind === "record" ? expr.type.fields.map((field) => field.name) : [];
      return `{ ${expr.values.map((value, index) => `${nameText(names[index] ?? "")}: ${print(value, 0)}`).join(", ")} }`;
    }
    case "UserCall":
      return `${expr.function.name}(${expr.args.map((arg) => print(arg, 0)).join(", ")})`;
    case "Call": {
      const [first, second] = expr.args;
      if (expr.name === "present value" && first !== undefined) return print(first, around);
      const own = infix[expr.name];
      if (own !== undefined && first !== undefined && second !== undefined && expr.args.length === 2) {
        return wrap(own, `${print(first, own)} ${expr.name} ${print(second, own + 1)}`);
      }
      if (expr.name === "+ months" && first !== undefined && second?.kind === "Literal" && typeof second.value === "number") {
        return wrap(5, `${print(first, 5)} ${second.value < 0 ? "-" : "+"} ${Math.abs(second.value)} months`);
      }
      if (suffix.has(expr.name) && first !== undefined) return wrap(4, `${print(first, 5)} ${expr.name}`);
      if (expr.name === "not" && first !== undefined) return wrap(3, `not ${print(first, 3)}`);
      if (expr.name === "negate" && first !== undefined) return wrap(7, `-${print(first, 8)}`);
      if (expr.name === "in" && first !== undefined) return wrap(4, `${print(first, 5)} in (${expr.args.slice(1).map((arg) => print(arg, 0)).join(", ")})`);
      if (expr.name === "[]" && first !== undefined && second !== undefined) return `${print(first, 9)}[${print(second, 0)}]`;
      if (expr.name === "." && first !== undefined && second?.kind === "Literal") return `${print(first, 9)}.${nameText(String(second.value))}`;
      return `${expr.name}(${expr.args.map((arg) => print(arg, 0)).join(", ")})`;
    }
  }
}

function nameText(name: string): string {
  return /^[\p{L}_][\p{L}\p{Nd}_]*$/u.test(name) ? name : `\`${name.replaceAll("`", "``")}\``;
}

function literalText(value: LiteralValue, type: DataType): string {
  if (value === null) return "null";
  if (typeof value === "string") return JSON.stringify(value);
  if (type.kind === "decimal" && (typeof value === "number" || typeof value === "bigint")) return decimalText(BigInt(value), type.scale);
  if (type.kind === "timestamp" && typeof value === "number") return `timestamp "${instantText(value)}Z"`;
  if (type.kind === "date" && typeof value === "number") return `date "${instantText(value * 86_400_000_000).slice(0, 10)}"`;
  if (type.kind === "duration" && typeof value === "number") return durationWords(value);
  if ((type.kind === "double" || type.kind === "float") && typeof value === "number") return Number.isInteger(value) ? `${value}e0` : String(value);
  if (value instanceof Uint8Array) return `unhex("${Array.from(value, (byte) => byte.toString(16).padStart(2, "0")).join("")}")`;
  if (isMapLiteral(value)) {
    const [key, item] = type.kind === "map" ? [type.key, type.value] : [type, type];
    return `map(${[...value].map((entry) => `${literalText(entry[0], key)}, ${literalText(entry[1], item)}`).join(", ")})`;
  }
  if (isListLiteral(value)) return `[${value.map((item) => literalText(item, type.kind === "array" ? type.element : type)).join(", ")}]`;
  if (typeof value === "object") {
    const fields = type.kind === "record" ? type.fields : [];
    return `{ ${fields.map((field) => `${nameText(field.name)}: ${literalText(value[field.name] ?? null, field.type)}`).join(", ")} }`;
  }
  return String(value);
}

function decimalText(scaled: bigint, scale: number): string {
  if (scale === 0) return String(scaled);
  const digits = (scaled < 0n ? -scaled : scaled).toString().padStart(scale + 1, "0");
  return `${scaled < 0n ? "-" : ""}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

function instantText(microseconds: number): string {
  const milliseconds = Math.floor(microseconds / 1000);
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? `${microseconds}µs` : date.toISOString().replace("T", " ").replace(/\.000Z$/, "").replace(/Z$/, "");
}
