import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { checkFacts, type Outcome } from "./check-facts.ts";
import { deviationOf } from "./deviations.ts";

async function check(file: string): Promise<readonly Outcome[]> {
  const facts: unknown = JSON.parse(readFileSync(new URL(file, import.meta.url), "utf8"));
  return checkFacts(Array.isArray(facts) ? facts : []);
}

function failing(outcomes: readonly Outcome[]): readonly string[] {
  return outcomes.filter(({ kind }) => kind === "differs" || kind === "stale").map(({ fact, spark, detail }) => `${fact}: ${detail} (Spark: ${spark})`);
}

function agreeing(outcomes: readonly Outcome[]): number {
  return outcomes.filter(({ kind }) => kind === "agrees").length;
}

it("evaluates functions as Spark does", { timeout: 300_000 }, async () => {
  const outcomes = await check("./functions.json");
  expect(failing(outcomes)).toEqual([]);
  expect(agreeing(outcomes)).toBeGreaterThan(3200);
});

it("aggregates as Spark does", { timeout: 300_000 }, async () => {
  const outcomes = await check("./aggregates.json");
  expect(failing(outcomes)).toEqual([]);
  expect(agreeing(outcomes)).toBeGreaterThan(1900);
});

it("evaluates functions as Spark does at their edges: other literals, wrong types, constants and columns", { timeout: 300_000 }, async () => {
  const outcomes = await check("./more-functions.json");
  expect(failing(outcomes)).toEqual([]);
  expect(agreeing(outcomes)).toBeGreaterThan(330);
});

it("aggregates as Spark does at their edges", { timeout: 300_000 }, async () => {
  const outcomes = await check("./more-aggregates.json");
  expect(failing(outcomes)).toEqual([]);
  expect(agreeing(outcomes)).toBeGreaterThan(100);
});

it("reads files as Spark does", { timeout: 300_000 }, async () => {
  const outcomes = await check("./reading.json");
  expect(failing(outcomes)).toEqual([]);
  expect(agreeing(outcomes)).toBeGreaterThan(450);
});

it("reads odd files as Spark does", { timeout: 300_000 }, async () => {
  const outcomes = await check("./more-reading.json");
  expect(failing(outcomes)).toEqual([]);
  expect(agreeing(outcomes)).toBeGreaterThan(80);
});

it("tells a wrong answer, one that deviates, and a deviation that is over", async () => {
  const [wrong, type, raised, deviating, over, later, unknown] = await checkFacts([
    { fn: "+", sql: "1 + 2", args: [1, 2], type: "int", result: 4 },
    { fn: "+", sql: "1 + 2", args: [1, 2], type: "bigint", result: "bigint:3" },
    { fn: "cast", sql: "CAST('x' AS INT)", args: ["x"], type: "int", error: "ARITHMETIC_OVERFLOW" },
    { fn: "regexp_like", sql: "regexp_like('aab', '(?=a)b')", args: ["aab", "(?=a)b"], type: "boolean", result: true },
    { fn: "regexp_like", sql: "regexp_like('ab', 'a++b')", args: ["ab", "a++b"], error: "INVALID_PARAMETER_VALUE.PATTERN" },
    { fn: "schema_of_json", sql: "schema_of_json('1')", args: ["1"], type: "string", result: "BIGINT" },
    { what: "this is" },
  ]);
  expect(wrong).toMatchObject({ kind: "differs", detail: "the value 3" });
  expect(type).toMatchObject({ kind: "differs", detail: "the type int" });
  expect(raised?.kind).toBe("differs");
  expect(deviating?.kind).toBe("deviates");
  expect(over?.kind).toBe("stale");
  expect(later).toMatchObject({ kind: "skipped", detail: "the function `schema_of_json` is not in this version" });
  expect(unknown?.kind).toBe("differs");
});

it("holds no fact for a deviation that does not answer as it says", () => {
  expect(deviationOf({ fn: "regexp_like", sql: "regexp_like('a', 'a')" }, "the value false")).toBeUndefined();
});
