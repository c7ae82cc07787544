import { type DataType, typeText } from "../../compiler/ir/types/data-type.ts";
import type { RuntimeValue } from "../../runtime/functions/runtime-value.ts";
import { cellValue } from "./cell-value.ts";
import { agrees, decode } from "./decode.ts";
import { failedBy } from "./ask.ts";
import type { QueryFact, QueryFacts } from "./query-fact.ts";
import { type Part, type PartResult, runParts } from "./run-parts.ts";
import { sparkType } from "./spark-type.ts";
import { answerText, show } from "./verdict.ts";

const jobsTogether = 20;
/** Sums of doubles differ in their last digits by the order of additions. */
const tolerance = 1e-9;

/** A job whose rows or column types are not Spark's, and what they are. */
export interface QueryDifference {
  readonly fact: QueryFact;
  readonly spark: string;
  readonly sluice: string;
}

/** Runs the jobs of a file over its tables, as bounded queries, and gives those whose answer is not Spark's. */
export async function checkQueries(facts: QueryFacts): Promise<readonly QueryDifference[]> {
  const differences: QueryDifference[] = [];
  const asked = facts.jobs.map((fact, at) => ({ fact, part: partOf(facts, fact, at) }));
  for (let at = 0; at < asked.length; at += jobsTogether) {
    const some = asked.slice(at, at + jobsTogether);
    const results = await runParts(some.map(({ part }) => part));
    for (const { fact, part } of some) {
      const result = results.get(part);
      const sluice = result === undefined ? "no answer" : differenceOf(fact, part, result);
      if (sluice !== undefined) differences.push({ fact, spark: fact.error ?? show(fact.rows), sluice });
    }
  }
  return differences;
}

function partOf({ tables, datasets }: QueryFacts, fact: QueryFact, at: number): Part {
  const used = Object.keys(tables).filter((name) => fact.job.includes(`{${name}}`));
  const declared = used.map((name) => `table ${name}${at}: { ${(tables[name] ?? []).map(([column, type, nullable]) => `${column}: ${typeText(sparkType(type))}${nullable ? "?" : ""}`).join(", ")} } from queue()\n`);
  const pipeline = used.reduce((text, name) => text.replaceAll(`{${name}}`, `${name}${at}`), fact.job);
  return {
    sink: `rows${at}`,
    text: `${declared.join("")}sink rows${at} =\n  ${pipeline}\n  into memory()`,
    queues: Object.fromEntries(used.map((name) => [`${name}${at}`, (datasets[fact.dataset]?.[name] ?? []).map((row) => recordLine(row, tables[name] ?? []))])),
  };
}

/** A row as a line of JSON; numbers that the file holds as texts keep their digits. */
function recordLine(row: Readonly<Record<string, unknown>>, columns: QueryFacts["tables"][string]): string {
  return `{${columns.map(([name, type]) => `${JSON.stringify(name)}:${valueLine(row[name], type)}`).join(",")}}`;
}

function valueLine(value: unknown, type: string): string {
  return typeof value === "string" && type !== "string" && /^-?\d+(?:\.\d+)?$/.test(value) ? value : JSON.stringify(value ?? null);
}

/** What is otherwise than in Spark; undefined where nothing is. */
function differenceOf(fact: QueryFact, part: Part, result: PartResult): string | undefined {
  switch (result.kind) {
    case "broken":
      return `broken: ${result.message}`;
    case "refused":
      return result.diagnostics.map(({ code, message, primary: { span } }) => `${code}: ${message} at ${JSON.stringify(part.text.slice(span.start, span.end))}`).join("; ");
    case "failed":
      return fact.error === undefined ? answerText(failedBy(result.error)) : undefined;
    case "ran":
      break;
  }
  const { columns: given = [], rows: expectedRows } = fact;
  const places = given.map(([name]) => result.columns.findIndex((column) => column.name === name));
  // Behind `using` the columns stand where the left side has them; SQL puts the keys first.
  const isElsewhere = (place: number, at: number): boolean => (fact.job.includes(" using (") ? place < 0 : place !== at);
  if (places.some(isElsewhere) || result.columns.length !== given.length) return `the columns ${result.columns.map(({ name }) => name).join(", ")}`;
  const types = places.map((place) => result.columns[place]?.type ?? { kind: "null" as const });
  const wrong = given.find(([, type], at) => bare(types[at]) !== bare(sparkType(type)));
  if (wrong !== undefined) return `the column ${wrong[0]} has the type ${bare(types[given.indexOf(wrong)])}, not ${bare(sparkType(wrong[1]))}`;
  const rows = result.rows(part.sink).map((cells) => places.map((place, at) => cellValue(cells[place] ?? "null", types[at] ?? { kind: "null" })));
  if (expectedRows === undefined) return `rows ${show(rows)}`;
  const expected = expectedRows.map((row) => row.map((value, at) => decode(value, types[at] ?? { kind: "null" })));
  return isSame(rows, expected, fact.ordered === true) ? undefined : `rows ${show(rows)}`;
}

function isSame(rows: readonly (readonly RuntimeValue[])[], expected: readonly (readonly RuntimeValue[])[], ordered: boolean): boolean {
  const left = [...rows];
  if (left.length !== expected.length) return false;
  return expected.every((row) => {
    const at = ordered ? 0 : left.findIndex((other) => agrees(other, row, tolerance));
    const [found] = at < 0 ? [] : left.splice(at, 1);
    return found !== undefined && agrees(found, row, tolerance);
  });
}

/** A type without what may be null in it, which Spark does not follow everywhere as Sluice does. */
function bare(type: DataType | undefined): string {
  return type === undefined ? "" : typeText(type).replaceAll("?", "");
}
