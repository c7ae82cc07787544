import { doubleType, intType, booleanType, stringType } from "../../compiler/ir/types/data-type.ts";
import { answerText } from "../facts/verdict.ts";
import { ask } from "../facts/ask.ts";
import type { Question } from "../facts/question.ts";

/** The rows that the examples of aggregates are over. */
export const exampleColumns: Question["columns"] = [{ name: "x", type: intType }, { name: "y", type: doubleType }, { name: "ok", type: booleanType }, { name: "s", type: stringType }];
export const exampleRows: Question["rows"] = [
  [1, 10, true, "a"],
  [2, 20.5, true, "b"],
  [2, 30, null, "b"],
  [null, 40, false, "c"],
  [5, 50.5, true, null],
];

/** A call of the page: an aggregate is over the rows above. */
export interface ExampleCall {
  readonly text: string;
  readonly isAggregate: boolean;
}

/** The values of calls, as JSON texts, by the call's text: compiled, emitted and run like any job. Throws where one is refused or fails. */
export async function evaluateExamples(calls: readonly ExampleCall[]): Promise<ReadonlyMap<string, string>> {
  const questions = calls.map(({ text, isAggregate }): readonly [string, Question] => [
    text,
    { text: `to_json({ r: ${text} })`, columns: isAggregate ? exampleColumns : [], rows: isAggregate ? exampleRows : [[]], isAggregate, mayFail: false },
  ]);
  const answers = await ask(questions.map(([, question]) => question));
  return new Map(
    questions.map(([text, question]) => {
      const answer = answers.get(question);
      if (answer?.kind !== "value" || typeof answer.value !== "string") throw new Error(`the example ${text} gives ${answer === undefined ? "nothing" : answerText(answer)}`);
      return [text, answer.value === "{}" ? "null" : answer.value.slice('{"r":'.length, -1)];
    }),
  );
}
