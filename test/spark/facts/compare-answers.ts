import { sameType } from "../../../compiler/ir/types/data-type.ts";
import { deviationOf } from "../../facts/deviations.ts";
import { agrees } from "../../facts/decode.ts";
import type { Answer } from "../../facts/question.ts";
import { answerText, loose } from "../../facts/verdict.ts";
import { notHeld } from "./ask-spark.ts";
import type { RuntimeValue } from "../../../runtime/functions/runtime-value.ts";

/** How Spark's answer to the emitted Column is to Sluice's own. */
export type Comparison = { readonly kind: "equal" } | { readonly kind: "explained"; readonly reason: string } | { readonly kind: "differs"; readonly detail: string };

/** Doubles of aggregates, and of functions whose last digit Java leaves open, are compared within this. */
const tolerance = 1e-12;

/** Compares values and types; an error is equal to an error. What differs as Sluice means to differ from Spark (deviations.json) is explained. */
export function compareAnswers(fact: object, sluice: Answer, spark: Answer): Comparison {
  const detail = `Sluice: ${answerText(sluice)}; Spark: ${answerText(spark)}`;
  if (spark.kind === "broken" && !spark.message.startsWith(notHeld)) return { kind: "differs", detail };
  if (sluice.kind === "failed" && spark.kind === "failed") return { kind: "equal" };
  if (sluice.kind === "value" && spark.kind === "value") {
    if (!sameType(loose(sluice.type), loose(spark.type)) && spark.type.kind !== "null") return { kind: "differs", detail: `types; ${detail}` };
    if (agrees(sluice.value, spark.value as RuntimeValue, tolerance)) return { kind: "equal" };
  }
  const deviation = deviationOf(fact, answerText(sluice));
  return deviation === undefined ? { kind: "differs", detail } : { kind: "explained", reason: deviation.reason };
}
