import { type DataType, sameType, typeText } from "../../compiler/ir/types/data-type.ts";
import { rowErrorConditions } from "../../runtime/errors/row-error.ts";
import { notThereCodes } from "./ask.ts";
import { agrees, decode } from "./decode.ts";
import type { Answer } from "./question.ts";
import { sparkType } from "./spark-type.ts";
import { reasonOf } from "./untranslatable.ts";

/** How an answer compares with Spark's. `answer` is what came instead, in words. */
export type Verdict = { readonly kind: "agrees" } | { readonly kind: "differs"; readonly answer: string } | { readonly kind: "skipped"; readonly reason: string };

/** Spark's side of a fact: a value with its type, or the class of an error. */
export interface Expectation {
  readonly type?: string;
  readonly result?: unknown;
  readonly error?: string;
}

/**
 * Compares. An error agrees with an error: the same condition where a row fails, anything coded where the expression is refused.
 * What is not there yet is skipped.
 */
export function judge(expected: Expectation, answer: Answer, tolerance = 0): Verdict {
  if (answer.kind === "refused" && notThereCodes.has(answer.code)) return { kind: "skipped", reason: answer.message };
  if (answer.kind === "broken") return { kind: "differs", answer: `broken: ${answer.message}` };
  if (expected.error !== undefined) {
    if (answer.kind === "value") return { kind: "differs", answer: `the value ${show(answer.value)}` };
    if (answer.kind === "refused" || answer.condition === undefined || isSameCondition(expected.error, answer.condition)) return { kind: "agrees" };
    return { kind: "differs", answer: answerText(answer) };
  }
  if (answer.kind !== "value") return { kind: "differs", answer: answerText(answer) };
  try {
    const type = sparkType(expected.type ?? "void");
    if (type.kind !== "null" && !sameType(loose(type), loose(answer.type))) return { kind: "differs", answer: `the type ${typeText(answer.type)}` };
    if (answer.value === null && !answer.nullable) return { kind: "differs", answer: "null of an expression that is not nullable" };
    return agrees(answer.value, decode(expected.result, answer.type), tolerance) ? { kind: "agrees" } : { kind: "differs", answer: `the value ${show(answer.value)}` };
  } catch (error) {
    return { kind: "skipped", reason: reasonOf(error) };
  }
}

/** Spark's conditions have subclasses; those that are none of a row (Java's exceptions, what its analysis refuses) are not compared. */
export function isSameCondition(spark: string, condition: string): boolean {
  const [main = ""] = spark.split(".");
  return main === condition || !rowErrorConditions.has(main);
}

export function answerText(answer: Answer): string {
  switch (answer.kind) {
    case "value":
      return `the value ${show(answer.value)}`;
    case "failed":
      return `${answer.code} ${answer.condition ?? ""}: ${answer.message}`;
    case "refused":
      return `${answer.code}: ${answer.message}`;
    case "broken":
      return `broken: ${answer.message}`;
  }
}

/** The type with everything inside nullable: Spark's texts do not tell. */
export function loose(type: DataType): DataType {
  if (type.kind === "array") return { ...type, element: loose(type.element), elementNullable: true };
  if (type.kind === "map") return { ...type, key: loose(type.key), value: loose(type.value), valueNullable: true };
  if (type.kind === "record") return { ...type, fields: type.fields.map((field) => ({ ...field, type: loose(field.type), nullable: true })) };
  return type;
}

export function show(value: unknown): string {
  return Object.is(value, -0) ? "-0" : typeof value === "object" ? JSON.stringify(value, (_key, part: unknown) => (typeof part === "bigint" ? `${part}` : part instanceof Map ? [...part] : part)) : String(value);
}
