import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { compileText, loadJob } from "../support/load-job.ts";
import { playScenario } from "./play-scenario.ts";
import { readPipelines } from "./scenario-pipelines.ts";
import { inputLine, tableLines } from "./scenario-rows.ts";
import { readScenarios } from "./scenario.ts";

const pipelines = readPipelines(readFileSync(new URL("pipelines.json", import.meta.url), "utf8"));
const scenarios = readScenarios(readFileSync(new URL("scenarios.json", import.meta.url), "utf8"));

for (const scenario of scenarios) {
  const pipeline = pipelines.get(scenario.id);
  if (pipeline === undefined) continue;
  it(`does as Spark did in scenario ${scenario.id}: ${scenario.title}`, async () => {
    expect(await playScenario(scenario, loadJob(compileText(pipeline, { optimize: true })))).toEqual([]);
  });
}

it("has the job of a scenario for every pipeline", () => {
  const known = new Set(scenarios.map(({ id }) => id));
  expect([...pipelines.keys()].filter((id) => !known.has(id))).toEqual([]);
});

it("sees where a job differs: a filter too many", async () => {
  const scenario = scenarios.find(({ id }) => id === "B01");
  if (scenario === undefined) throw new Error("B01 is missing");
  const job = loadJob(compileText("source a: { value: int } from queue() sink out = a |> where value > 1 |> aggregate count() as c group by value into memory() mode update", { optimize: true }));
  expect(await playScenario(scenario, job)).not.toEqual([]);
});

it("gives numbers that a scenario writes as texts with all their digits, and a table's rows as JSON", () => {
  expect(inputLine([["d", "decimal(20,4)"], ["b", "bigint"], ["s", "string"], ["x", "double"]], ["0.1000", "9007199254740993", "1", "NaN"])).toBe('{"d":0.1000,"b":9007199254740993,"s":"1","x":"NaN"}');
  expect(tableLines("select * from values (1,'o''ne, (x)'),(cast(null as int),null) as x(k,n)")).toEqual(['{"k":1,"n":"o\'ne, (x)"}', '{"k":null,"n":null}']);
});
