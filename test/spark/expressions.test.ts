import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, inject, it } from "vitest";
import type { AggregateFact, FunctionFact } from "../facts/fact.ts";
import { checkFactsOnSpark, type SparkOutcome } from "./facts/check-facts-on-spark.ts";
import { SparkClient } from "./support/spark-client.ts";

const spark = new SparkClient(inject("spark"));

/** One fact of so many, chosen by its text; `SPARK_ALL=1 npm run spark -- test/spark/expressions.test.ts` asks all of them (some minutes). */
const isComplete = process.env["SPARK_ALL"] !== undefined;

function factsOf(file: string, oneOf: number): readonly (FunctionFact | AggregateFact)[] {
  const facts = JSON.parse(readFileSync(new URL(`../facts/${file}`, import.meta.url), "utf8")) as readonly (FunctionFact | AggregateFact)[];
  return isComplete ? facts : facts.filter((fact) => createHash("sha1").update(fact.sql).digest().readUInt32BE(0) % oneOf === 0);
}

async function check(file: string, oneOf: number): Promise<readonly SparkOutcome[]> {
  const outcomes = await checkFactsOnSpark(spark, factsOf(file, oneOf));
  const counts = new Map<string, number>();
  for (const { result } of outcomes) counts.set(result.kind, (counts.get(result.kind) ?? 0) + 1);
  process.stdout.write(`${file} on Spark: ${[...counts].map(([kind, count]) => `${count} ${kind}`).join(", ")}\n`);
  return outcomes;
}

function differing(outcomes: readonly SparkOutcome[]): readonly string[] {
  return outcomes.flatMap(({ text, column, result }) => (result.kind === "differs" ? [`${text} as ${column}: ${result.detail}`] : []));
}

it.each([
  { file: "functions.json", oneOf: 40 },
  { file: "more-functions.json", oneOf: 10 },
  { file: "aggregates.json", oneOf: 20 },
  { file: "more-aggregates.json", oneOf: 8 },
])("answers facts of $file through the emitted columns as Sluice does", { timeout: 1_800_000 }, async ({ file, oneOf }) => {
  const outcomes = await check(file, oneOf);
  expect(differing(outcomes)).toEqual([]);
  const equal = outcomes.filter(({ result }) => result.kind === "equal").length;
  expect(equal).toBeGreaterThan(outcomes.length * 0.9);
});
