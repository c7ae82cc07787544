import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { checkQueries } from "./check-queries.ts";
import type { QueryFact, QueryFacts } from "./query-fact.ts";

// The form of queries.json is that of QueryFacts in query-fact.ts.
const facts = JSON.parse(readFileSync(new URL("./queries.json", import.meta.url), "utf8")) as QueryFacts;

test("bounded jobs give the rows and the column types that Spark gives", { timeout: 300_000 }, async () => {
  const differences = await checkQueries(facts);
  expect(facts.jobs.length).toBeGreaterThan(40);
  expect(differences.map(({ fact, spark, sluice }) => `${fact.job}\n  ${sluice}\n  Spark: ${spark}`)).toEqual([]);
});

test("a wrong row, a wrong type and a wrong order are told", async () => {
  const right: QueryFact = { dataset: 0, job: "{p} |> order by a |> select a, a + 1 as b", sql: "", ordered: true, columns: [["a", "int"], ["b", "int"]], rows: [[1, 2], [2, 3]] };
  const jobs: readonly QueryFact[] = [
    right,
    { ...right, rows: [[1, 2], [2, 4]] },
    { ...right, columns: [["a", "int"], ["b", "bigint"]] },
    { ...right, rows: [[2, 3], [1, 2]] },
    { ...right, rows: [[2, 3], [1, 2]], ordered: false },
    { ...right, rows: [[1, 2]] },
  ];
  const differences = await checkQueries({ about: "", tables: { p: [["a", "int", false]] }, datasets: [{ p: [{ a: 2 }, { a: 1 }] }], jobs });
  expect(differences.map(({ fact }) => jobs.indexOf(fact))).toEqual([1, 2, 3, 5]);
  expect(differences[1]?.sluice).toBe("the column b has the type int, not long");
});
