import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { laterFunctions } from "../../compiler/2-analyze/expressions/later-functions.ts";
import { aggregateNames, scalarNames } from "../../compiler/catalog/functions/registry.ts";
import { goldenTest } from "../support/samples.ts";
import { coverage } from "./coverage.ts";
import { exampleNames } from "./example-of.ts";
import { functionReference } from "./function-reference.ts";

test("docs/functions.md is what npm run reference writes", async () => {
  goldenTest(await functionReference(), fileURLToPath(new URL("../../docs/functions.md", import.meta.url)));
}, 60_000);

test("every example is of a function that there is", () => {
  const names = new Set([...scalarNames(), ...aggregateNames()]);
  expect(exampleNames.filter((name) => !names.has(name))).toEqual([]);
});

test("the list of Spark's functions has the names of all facts", () => {
  const facts = ["functions", "aggregates"].flatMap((name) => JSON.parse(readFileSync(new URL(`../facts/${name}.json`, import.meta.url), "utf8")) as readonly { readonly fn: string }[]);
  const operators = ["and", "between", "case", "in", "like", "literal", "not", "or", "rlike"];
  const { all, there } = coverage();
  const unknown = [...new Set(facts.map(({ fn }) => fn))].filter((name) => /^[a-z_0-9]+$/.test(name) && !operators.includes(name) && !all.includes(name));
  expect(unknown).toEqual([]);
  expect(new Set(all).size).toBe(all.length);
  expect(there.length).toBeGreaterThan(300);
});

test("no function is both there and later", () => {
  const called = new Set([...scalarNames(), ...aggregateNames()]);
  expect([...laterFunctions].filter((name) => called.has(name))).toEqual([]);
});
