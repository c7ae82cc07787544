import { typeText } from "../../compiler/ir/types/data-type.ts";
import type { Diagnostic } from "../../compiler/diagnostics/diagnostic.ts";
import { RowError } from "../../runtime/errors/row-error.ts";
import { SluiceRuntimeError } from "../../runtime/errors/runtime-error.ts";
import { cellValue } from "./cell-value.ts";
import type { Answer, Question } from "./question.ts";
import { recordText } from "./record-text.ts";
import { type Part, type PartResult, runParts } from "./run-parts.ts";

/** Questions that one sink answers, a column each: fewer queries, and one that fails fails them all. */
const questionsPerSink = 25;
const sinksPerJob = 40;

/** Codes of what is not in this version: a step, type or function (E4001), a function that nobody knows (E2004). */
export const notThereCodes: ReadonlySet<string> = new Set(["E4001", "E2004"]);

/**
 * Asks Sluice through its public way: each question becomes a column of a job's sink, compiled, emitted, loaded and run; the answer
 * is read from the memory sink. Questions that share a sink with one that fails are asked again alone.
 */
export async function ask(questions: readonly Question[]): Promise<ReadonlyMap<Question, Answer>> {
  const answers = new Map<Question, Answer>();
  let pending = pack(questions);
  while (pending.length > 0) {
    const again: Group[] = [];
    for (let at = 0; at < pending.length; at += sinksPerJob) {
      const groups = pending.slice(at, at + sinksPerJob);
      const results = await runParts(groups.map(({ part }) => part));
      for (const group of groups) {
        const result = results.get(group.part);
        if (result !== undefined) again.push(...settle(group, result, answers));
      }
    }
    pending = again;
  }
  return answers;
}

/** Questions that share a sink, and where the text of each stands in the part. */
interface Group {
  readonly questions: readonly Question[];
  readonly part: Part;
  readonly starts: readonly number[];
}

let sinks = 0;

function pack(questions: readonly Question[]): readonly Group[] {
  const alone = questions.filter((question) => question.isAggregate || question.mayFail);
  const together = questions.filter((question) => !alone.includes(question));
  const groups = alone.map((question) => groupOf([question]));
  for (const zone of new Set(together.map(({ timezone }) => timezone))) {
    const some = together.filter(({ timezone }) => timezone === zone);
    for (let at = 0; at < some.length; at += questionsPerSink) groups.push(groupOf(some.slice(at, at + questionsPerSink)));
  }
  return groups;
}

function groupOf(questions: readonly Question[]): Group {
  const name = `answers${++sinks}`;
  const table = `rows${sinks}`;
  const columns = [{ name: "always", type: { kind: "int" } as const }, ...questions.flatMap((question) => question.columns)];
  const [first] = questions;
  const isAggregate = first?.isAggregate === true;
  let text = `table ${table}: { ${columns.map((column) => `${column.name}: ${typeText(column.type)}?`).join(", ")} } from queue()\nsink ${name} = ${table} |> ${first?.isPipeline === true ? "" : isAggregate ? "aggregate " : "select "}`;
  const starts = questions.map((question, at) => {
    if (at > 0) text += ", ";
    const start = text.length;
    text += `${question.isPipeline === true ? question.text.replaceAll("(table ", `(${table} `) : question.text} as r${at}`;
    return start;
  });
  text += ` into memory()${isAggregate ? " mode complete" : ""}`;
  const rows = isAggregate ? (first?.rows ?? []) : [questions.flatMap((question) => question.rows[0] ?? [])];
  return { questions, starts, part: { sink: name, text, ...(first?.timezone === undefined ? {} : { timezone: first.timezone }), queues: { [table]: rows.map((row) => recordText(columns, [1, ...row])) } } };
}

/** Notes the answers that a result gives; the rest is to be asked again. */
function settle(group: Group, result: PartResult, answers: Map<Question, Answer>): readonly Group[] {
  const { questions, part, starts } = group;
  const [only] = questions;
  switch (result.kind) {
    case "ran": {
      const [row] = result.rows(part.sink);
      for (const [at, question] of questions.entries()) {
        const column = result.columns[at];
        const cell = row?.[at];
        answers.set(question, column === undefined || cell === undefined ? { kind: "broken", message: "the result has no such row" } : readCell(cell, column));
      }
      return [];
    }
    case "refused": {
      const left = questions.filter((question, at) => {
        const end = starts[at + 1] ?? part.text.length;
        const own = result.diagnostics.filter(({ primary: { span } }) => span.start >= (starts[at] ?? 0) && span.start < end);
        if (own.length > 0) answers.set(question, refusedBy(own));
        return own.length === 0;
      });
      if (left.length < questions.length) return left.length === 0 ? [] : [groupOf(left)];
      for (const question of questions) answers.set(question, refusedBy(result.diagnostics));
      return [];
    }
    case "failed":
    case "broken":
      if (only === undefined || questions.length > 1) return questions.map((question) => groupOf([question]));
      answers.set(only, result.kind === "broken" ? result : failedBy(result.error));
      return [];
  }
}

function readCell(cell: string, { type, nullable }: { readonly type: Extract<Answer, { kind: "value" }>["type"]; readonly nullable: boolean }): Answer {
  try {
    return { kind: "value", value: cellValue(cell, type), type, nullable };
  } catch (error) {
    return { kind: "broken", message: `${cell}: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function refusedBy(diagnostics: readonly Diagnostic[]): Answer {
  const shown = diagnostics.find(({ code }) => notThereCodes.has(code)) ?? diagnostics[0];
  return { kind: "refused", code: shown?.code ?? "", message: shown?.message ?? "" };
}

/** How a run failed. An error that is no `SluiceRuntimeError` is ours. */
export function failedBy(error: Error): Answer {
  if (!(error instanceof SluiceRuntimeError) || error.code.startsWith("R79") || error.code === "R7126") return { kind: "broken", message: error.stack ?? error.message };
  return { kind: "failed", code: error.code, condition: error.cause instanceof RowError ? error.cause.condition : undefined, message: error.what };
}
