import { sameType } from "../../../compiler/ir/types/data-type.ts";
import { deviationOf } from "../../facts/deviations.ts";
import { agrees } from "../../facts/decode.ts";
import type { Answer } from "../../facts/question.ts";
import { answerText, isSameCondition, loose } from "../../facts/verdict.ts";
import { isCloseSum } from "../support/same-but-numbers.ts";
import { notHeld } from "./ask-spark.ts";

/** How Spark's answer to the emitted Column is to Sluice's own. */
export type Comparison = { readonly kind: "equal" } | { readonly kind: "explained"; readonly reason: string } | { readonly kind: "differs"; readonly detail: string };

/**
 * Compares values and types; of errors the conditions, where both have one. Doubles of aggregates are compared as sums, all others bit for bit. What differs as Sluice
 * means to differ from Spark (deviations.json) is explained.
 */
export function compareAnswers(fact: object, sluice: Answer, spark: Answer): Comparison {
  const detail = `Sluice: ${answerText(sluice)}; Spark: ${answerText(spark)}`;
  if (spark.kind === "broken" && !spark.message.startsWith(notHeld)) return { kind: "differs", detail };
  if (sluice.kind === "failed" && spark.kind === "failed" && failsAlike(sluice, spark)) return { kind: "equal" };
  if (sluice.kind === "value" && spark.kind === "value") {
    if (!sameType(loose(sluice.type), loose(spark.type))) return { kind: "differs", detail: `types; ${detail}` };
    if (agrees(sluice.value, spark.value, "column_type" in fact ? isCloseSum : 0)) return { kind: "equal" };
  }
  const deviation = deviationOf(fact, answerText(sluice));
  return deviation === undefined ? { kind: "differs", detail } : { kind: "explained", reason: deviation.reason };
}

type Failure = Extract<Answer, { kind: "failed" }>;

/** What Spark's analysis refuses is a wrong program, unless it is by the very condition by which a row fails here: it evaluates constants, and plans patterns. */
function failsAlike(sluice: Failure, spark: Failure): boolean {
  if (/^(?:Analysis|Parse)Exception/.test(spark.message)) return spark.condition !== undefined && spark.condition === sluice.condition;
  return sluice.condition === undefined || spark.condition === undefined || isSameCondition(spark.condition, sluice.condition);
}
