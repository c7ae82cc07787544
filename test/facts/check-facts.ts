import { ask } from "./ask.ts";
import { deviationOf, deviationsShownBy } from "./deviations.ts";
import type { AggregateFact, FunctionFact, ReadingFact } from "./fact.ts";
import type { Answer, Question } from "./question.ts";
import { questionOfAggregate } from "./question-of-aggregate.ts";
import { questionsOfFunction } from "./question-of-function.ts";
import { readFiles } from "./read-file.ts";
import { judge, show, type Verdict } from "./verdict.ts";

/** What a fact came to. `deviates`: it differs, and the list of deviations says why. `stale`: the list says so, and it agrees. */
export interface Outcome {
  /** The function, or `json PERMISSIVE`. */
  readonly name: string;
  /** What was asked. */
  readonly fact: string;
  readonly spark: string;
  readonly kind: "agrees" | "deviates" | "differs" | "skipped" | "stale";
  /** What came instead, why it deviates, or why it was skipped. */
  readonly detail: string;
  /** Whether it was asked a second time with its literals as columns. */
  readonly isAskedTwice: boolean;
}

/** Doubles of aggregates differ in their last digits by the order of additions. */
const aggregateTolerance = 1e-12;

/** Evaluates facts of any of the three kinds. Throws where not even `1` can be evaluated: then no answer would mean anything. */
export async function checkFacts(facts: readonly unknown[]): Promise<readonly Outcome[]> {
  await checkRunner();
  const outcomes = new Map<unknown, Outcome>();
  await checkFunctions(facts.filter(isFunctionFact), outcomes);
  await checkAggregates(facts.filter(isAggregateFact), outcomes);
  const readings = facts.filter(isReadingFact);
  for (const [fact, verdict] of await readFiles(readings)) outcomes.set(fact, outcomeOf(`${fact.format} ${fact.mode}`, `${fact.schema} ← ${fact.input}`, fact, verdict, false));
  return facts.map((fact) => outcomes.get(fact) ?? { name: "?", fact: show(fact), spark: "", kind: "differs", detail: "no fact of a known form", isAskedTwice: false });
}

function isFunctionFact(fact: unknown): fact is FunctionFact {
  return hasFields(fact, ["fn", "sql"]) && !isAggregateFact(fact);
}

function isAggregateFact(fact: unknown): fact is AggregateFact {
  return hasFields(fact, ["fn", "sql", "column_type", "values"]);
}

function isReadingFact(fact: unknown): fact is ReadingFact {
  return hasFields(fact, ["format", "mode", "schema", "input"]);
}

function hasFields(fact: unknown, names: readonly string[]): fact is object {
  return typeof fact === "object" && fact !== null && names.every((name) => Object.hasOwn(fact, name));
}

async function checkRunner(): Promise<void> {
  const question: Question = { text: "1", columns: [], rows: [[]], isAggregate: false, mayFail: false };
  const answer = (await ask([question])).get(question);
  if (answer?.kind !== "value" || answer.value !== 1) throw new Error(`a job that selects 1 does not run: ${show(answer)}`);
}

async function checkFunctions(facts: readonly FunctionFact[], outcomes: Map<unknown, Outcome>): Promise<void> {
  const asked = facts.map((fact) => ({ fact, questions: questionsOfFunction(fact) }));
  const answers = await ask(asked.flatMap(({ questions }) => (questions.ok ? [questions.written, ...(questions.asColumns === undefined ? [] : [questions.asColumns])] : [])));
  for (const { fact, questions } of asked) {
    if (!questions.ok) {
      outcomes.set(fact, outcomeOf(fact.fn, fact.sql, fact, { kind: "skipped", reason: questions.reason }, false));
      continue;
    }
    const written = judge(fact, answerTo(questions.written, answers));
    const second = questions.asColumns === undefined ? undefined : answerTo(questions.asColumns, answers);
    // Some arguments must be literals (places, field names), and a text that is no record cannot come as a column's.
    const isComparable = second !== undefined && second.kind !== "refused" && !(second.kind === "failed" && second.code === "R7212");
    const verdict = written.kind !== "agrees" || !isComparable ? written : judge(fact, second);
    outcomes.set(fact, outcomeOf(fact.fn, fact.sql, fact, verdict, isComparable, verdict === written ? "" : "as columns: "));
  }
}

async function checkAggregates(facts: readonly AggregateFact[], outcomes: Map<unknown, Outcome>): Promise<void> {
  const asked = facts.map((fact) => ({ fact, asking: questionOfAggregate(fact) }));
  const answers = await ask(asked.flatMap(({ asking }) => (asking.ok ? [asking.question] : [])));
  for (const { fact, asking } of asked) {
    const verdict: Verdict = asking.ok ? judge(asking.expected, answerTo(asking.question, answers), aggregateTolerance) : { kind: "skipped", reason: asking.reason };
    outcomes.set(fact, outcomeOf(fact.fn, fact.sql, fact, verdict, false));
  }
}

function answerTo(question: Question, answers: ReadonlyMap<Question, Answer>): Answer {
  return answers.get(question) ?? { kind: "broken", message: "no answer" };
}

function outcomeOf(name: string, asked: string, fact: { readonly error?: string; readonly result?: unknown; readonly rows?: unknown }, verdict: Verdict, isAskedTwice: boolean, prefix = ""): Outcome {
  const outcome = { name, fact: asked, spark: fact.error ?? show("rows" in fact ? fact.rows : fact.result), isAskedTwice };
  if (verdict.kind === "skipped") return { ...outcome, kind: "skipped", detail: verdict.reason };
  if (verdict.kind === "differs") {
    const deviation = deviationOf(fact, verdict.answer);
    return deviation === undefined ? { ...outcome, kind: "differs", detail: prefix + verdict.answer } : { ...outcome, kind: "deviates", detail: deviation.reason };
  }
  const [over] = deviationsShownBy(fact);
  return over === undefined ? { ...outcome, kind: "agrees", detail: "" } : { ...outcome, kind: "stale", detail: `deviations.json says "${over.reason}"` };
}
