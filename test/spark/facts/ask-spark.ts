import { castTypeOf } from "../../../compiler/5-spark/expressions/cast-type.ts";
import { decode } from "../../facts/decode.ts";
import type { Answer, Question } from "../../facts/question.ts";
import { sparkType } from "../../facts/spark-type.ts";
import { Untranslatable } from "../../facts/untranslatable.ts";
import type { Evaluated, SparkClient } from "../support/spark-client.ts";
import { valueText } from "./emit-question.ts";

/** A question with the Column that the compiler wrote for it. */
export interface SparkQuestion {
  readonly question: Question;
  readonly column: string;
  /** Whether it is thought to fail: asked alone then, for one failure fails all that are asked with it. */
  readonly fails: boolean;
}

/** Begins the message of an answer that Sluice has no value for, as a timestamp beyond its range. */
export const notHeld = "not held:";

/** Columns that one query evaluates. */
const together = 60;

/** Interpreted: a query of its own code for each would take most of the time to compile. */
export const interpreted = { "spark.sql.codegen.wholeStage": "false", "spark.sql.codegen.factoryMode": "NO_CODEGEN" };

/** What Spark answers, many questions a query, each over columns of its own. */
export async function askSpark(spark: SparkClient, questions: readonly SparkQuestion[]): Promise<ReadonlyMap<SparkQuestion, Answer>> {
  const answers = new Map<SparkQuestion, Answer>();
  const groups = new Map<string, SparkQuestion[]>();
  for (const asked of questions) {
    const { isAggregate, rows, timezone } = asked.question;
    const key = JSON.stringify([isAggregate, isAggregate ? rows.length : 1, timezone ?? "UTC", asked.fails]);
    groups.set(key, [...(groups.get(key) ?? []), asked]);
  }
  for (const group of groups.values()) {
    const size = (group[0]?.question.rows.length ?? 0) > 50 ? 1 : together;
    for (let at = 0; at < group.length; at += size) {
      const some = group.slice(at, at + size);
      const evaluated = await evaluate(spark, some);
      some.forEach((asked, index) => answers.set(asked, answerOf(evaluated[index])));
    }
  }
  return answers;
}

async function evaluate(spark: SparkClient, some: readonly SparkQuestion[]): Promise<readonly Evaluated[]> {
  const [first] = some;
  const isAggregate = first?.question.isAggregate ?? false;
  // Columns of two questions may have one name: each gets its place before it.
  const columns = some.map(({ question, column }, at) => question.columns.reduce((text, { name }) => text.replaceAll(`F.col("${name}")`, () => `F.col("q${at}_${name}")`).replaceAll(`\`${name}\``, () => `\`q${at}_${name}\``), column));
  const conf = { ...interpreted, "spark.sql.session.timeZone": first?.question.timezone ?? "UTC" };
  try {
    return await spark.evaluate({ columns, frame: frameOf(some, isAggregate), aggregate: isAggregate, apart: first?.fails ?? false, conf }, 300);
  } catch (error) {
    if (some.length === 1) return [{ error: `broken: ${error instanceof Error ? error.message : String(error)}` }];
    const half = Math.ceil(some.length / 2);
    return [...(await evaluate(spark, some.slice(0, half))), ...(await evaluate(spark, some.slice(half)))];
  }
}

/** Rows of the questions' values, held so that nothing is folded into the questions. */
function frameOf(some: readonly SparkQuestion[], isAggregate: boolean): string {
  const rows = Array.from({ length: isAggregate ? (some[0]?.question.rows.length ?? 0) : 1 }, (_, at) => at);
  const values = some.flatMap(({ question: { columns, rows: cells } }, at) => columns.map(({ name, type }, index) => ({ name: `q${at}_${name}`, type, cells: cells.map((row) => row[index] ?? null) })));
  if (values.length === 0 && rows.length > 0) return `spark.range(${rows.length})`;
  const [first] = values;
  // A range of numbers, which some facts count over.
  if (rows.length > 50 && first !== undefined && values.every(({ cells }) => cells.every((cell, at) => String(cell) === String(at)))) {
    return `spark.range(${rows.length}).select(F.lit(1).alias("always")${values.map(({ name, type }) => `, F.col("id").cast(${castTypeOf(type).text}).alias("${name}")`).join("")}).coalesce(1)`;
  }
  const row = (at: number): string => `spark.range(1).select(F.lit(1).alias("always")${values.map(({ name, type, cells }) => `, ${valueText(cells[at] ?? null, type)}.alias("${name}")`).join("")})`;
  if (rows.length === 0) return `${row(0)}.where("always = 0")`;
  return `(${rows.map(row).join(").unionAll(")}).coalesce(1).localCheckpoint()`;
}

function answerOf(evaluated: Evaluated | undefined): Answer {
  if (evaluated === undefined) return { kind: "broken", message: "no answer" };
  if ("error" in evaluated) {
    if (evaluated.error.startsWith("broken: ") || /^(?:AttributeError|TypeError|NameError|SyntaxError|PySpark\w+Error)/.test(evaluated.error)) return { kind: "broken", message: evaluated.error.slice(0, 600) };
    return { kind: "failed", code: "", condition: /\[([A-Z_0-9]+)[\].]/.exec(evaluated.error)?.[1], message: evaluated.error.slice(0, 300) };
  }
  try {
    const type = sparkType(evaluated.type);
    return { kind: "value", value: decode(evaluated.rows[0] ?? null, type), type, nullable: true };
  } catch (error) {
    if (!(error instanceof Untranslatable)) throw error;
    return { kind: "broken", message: `${notHeld} ${evaluated.type} ${JSON.stringify(evaluated.rows)}: ${error.message}` };
  }
}
