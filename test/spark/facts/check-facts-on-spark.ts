import { ask } from "../../facts/ask.ts";
import type { AggregateFact, FunctionFact } from "../../facts/fact.ts";
import { questionOfAggregate } from "../../facts/question-of-aggregate.ts";
import { questionsOfFunction } from "../../facts/question-of-function.ts";
import type { Answer, Question } from "../../facts/question.ts";
import type { SparkClient } from "../support/spark-client.ts";
import { askSpark, type SparkQuestion } from "./ask-spark.ts";
import { compareAnswers, type Comparison } from "./compare-answers.ts";
import { type EmittedQuestion, emitQuestion } from "./emit-question.ts";

/** What became of one question of a fact. */
export interface SparkOutcome {
  readonly name: string;
  readonly sql: string;
  readonly text: string;
  /** The Column, where there is one. */
  readonly column: string;
  readonly warnings: readonly string[];
  readonly result: Comparison | { readonly kind: "refused"; readonly code: string };
}

/** Asks facts of functions and aggregates of Sluice and of the Columns that the compiler writes for Spark; questions that Sluice does not take are left out. */
export async function checkFactsOnSpark(spark: SparkClient, facts: readonly (FunctionFact | AggregateFact)[]): Promise<readonly SparkOutcome[]> {
  const asked = facts.flatMap((fact) => questionsOf(fact).flatMap((question) => {
    const emitted = emitQuestion(question);
    return emitted.kind === "not asked" ? [] : [{ fact, question, emitted }];
  }));
  const own = await ask(asked.map(({ question }) => question));
  const questions = new Map<Question, SparkQuestion>();
  for (const { question, emitted } of asked) {
    const answer = own.get(question);
    if (emitted.kind === "emitted" && isComparable(answer)) questions.set(question, { question, column: emitted.column, fails: answer.kind === "failed" });
  }
  const answers = await askSpark(spark, [...questions.values()]);
  return asked.flatMap(({ fact, question, emitted }): readonly SparkOutcome[] => {
    const sluice = own.get(question);
    if (!isComparable(sluice)) return [];
    const asking = questions.get(question);
    const answer = asking === undefined ? undefined : answers.get(asking);
    return [{ name: fact.fn, sql: fact.sql, text: question.text, ...shown(emitted), result: resultOf(fact, emitted, sluice, answer ?? { kind: "broken", message: "no answer" }) }];
  });
}

/** What differs and was told with a warning may be explained by it. */
function resultOf(fact: object, emitted: EmittedQuestion, sluice: Answer, spark: Answer): SparkOutcome["result"] {
  if (emitted.kind === "refused") return { kind: "refused", code: emitted.code };
  const compared = compareAnswers(fact, sluice, spark);
  // Spark's sketch has no order for NaN: what comes out depends on how partial sketches are merged.
  if (compared.kind === "differs" && Reflect.get(fact, "fn") === "percentile_approx" && JSON.stringify(fact).includes("NaN")) return { kind: "explained", reason: "a sketch of values with NaN among them" };
  const warning = emitted.kind === "emitted" && compared.kind === "differs" ? emitted.warnings.find((text) => explains(text, sluice, spark)) : undefined;
  return warning === undefined ? compared : { kind: "explained", reason: warning };
}

/** A warning explains another value; that only Spark has one it explains of a regular expression alone, because RE2 does not take all that Java does. */
function explains(warning: string, sluice: Answer, spark: Answer): boolean {
  if (spark.kind !== "value") return false;
  return sluice.kind === "value" || (sluice.kind === "failed" && sluice.condition === "INVALID_PARAMETER_VALUE" && warning.includes("regular expressions"));
}

function shown(emitted: EmittedQuestion): Pick<SparkOutcome, "column" | "warnings"> {
  return emitted.kind === "emitted" ? { column: emitted.column, warnings: emitted.warnings } : { column: "", warnings: [] };
}

function questionsOf(fact: FunctionFact | AggregateFact): readonly Question[] {
  if ("column_type" in fact) {
    const asking = questionOfAggregate(fact);
    return asking.ok ? [asking.question] : [];
  }
  const questions = questionsOfFunction(fact);
  return questions.ok ? [questions.written, ...(questions.asColumns === undefined ? [] : [questions.asColumns])] : [];
}

/** A text that is no record cannot come as a column's: that failure is of the file, not of the expression. */
function isComparable(answer: Answer | undefined): answer is Extract<Answer, { kind: "value" | "failed" }> {
  return answer?.kind === "value" || (answer?.kind === "failed" && answer.code !== "R7212");
}
