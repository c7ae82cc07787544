import { evaluateConstant } from "../../catalog/expressions/evaluate.ts";
import { badDatetimeLiteral, monthsNotFixed, numberTooLarge } from "../../diagnostics/catalogue/types.ts";
import type { DatetimeLiteral, DurationLiteral, NumberLiteral } from "../../ir/ast/expression.ts";
import { cast, literal, literals } from "../../ir/expr/build.ts";
import type { Expr } from "../../ir/expr/expr.ts";
import { dateType, decimalType, doubleType, intType, longType, timestampType } from "../../ir/types/data-type.ts";
import type { Span } from "../../source/span.ts";
import type { JobContext } from "../job-context.ts";
import { canonical } from "./coerce.ts";
import { poison } from "./poison.ts";

/**
 * A number: digits are int, else long, else decimal; with a point decimal; with an exponent double. A sign before the digits
 * takes part, so that -2147483648 is an int (Spark's literal rule).
 */
export function bindNumber(node: NumberLiteral, negative: boolean, origin: Span, job: JobContext): Expr {
  const tooLarge = (): Expr => {
    job.report(numberTooLarge({ text: node.text }).at(node.span));
    return poison(origin);
  };
  if (node.form === "double") {
    const value = Number(node.text) * (negative ? -1 : 1);
    return Number.isFinite(value) ? literal(value, doubleType, origin) : tooLarge();
  }
  const [whole = "", fraction = ""] = node.text.split(".");
  const digits = `${whole}${fraction}`.replace(/^0+/, "");
  if (Math.max(digits.length, fraction.length) > 38) return tooLarge();
  const value = BigInt(digits === "" ? "0" : digits) * (negative ? -1n : 1n);
  if (node.form === "decimal") return literal(canonical(value), decimalType(Math.max(digits.length, fraction.length, 1), fraction.length), origin);
  if (BigInt.asIntN(32, value) === value) return literal(Number(value), intType, origin);
  if (BigInt.asIntN(64, value) === value) return literal(canonical(value), longType, origin);
  return literal(canonical(value), decimalType(digits.length, 0), origin);
}

/** `timestamp "…"`, `date "…"`: the value as the cast from text gives it, in the job's time zone where the text names none. */
export function bindDatetime(node: DatetimeLiteral, job: JobContext): Expr {
  const type = node.type === "date" ? dateType : timestampType;
  const evaluated = evaluateConstant(cast(literals.string(node.text.value), type, false), job.timezone);
  if (evaluated.ok) return literal(evaluated.value, type, node.span);
  job.report(badDatetimeLiteral({ type: node.type, text: node.text.value }).at(node.text.span));
  return poison(node.span);
}

/** A duration as a value; months have no fixed length, and are only added to a date or timestamp (`bindMonths`). */
export function bindDuration(node: DurationLiteral, job: JobContext): Expr {
  if (node.months === 0) return literals.duration(node.microseconds, node.span);
  job.report(monthsNotFixed({ where: "a duration" }).at(node.span).helped("add it to a date or timestamp, `d + 2 months`, or write a number of days"));
  return poison(node.span);
}

/** A duration that must have a fixed length, in microseconds; undefined after a report. */
export function fixedDuration(node: DurationLiteral, where: string, job: JobContext): number | undefined {
  if (node.months === 0) return node.microseconds;
  job.report(monthsNotFixed({ where }).at(node.span).helped("write a number of days"));
  return undefined;
}
