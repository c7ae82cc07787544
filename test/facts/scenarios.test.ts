import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { judgeScenario } from "./judge-scenario.ts";
import { readPipelines } from "./scenario-pipelines.ts";
import { inputLine } from "./scenario-rows.ts";
import { readScenarios, type Scenario, type Step } from "./scenario.ts";

const pipelines = readPipelines(read("pipelines.json"));
const observed = readScenarios(read("scenarios.json"));
const random = readScenarios(read("more-scenarios.json"));
// Not observed: what Spark's own suites assert, mostly rows. The rest of each is by its rules, as `origin` says.
const suites = readScenarios(read("suite-scenarios.json"));
const own = readScenarios(read("own-scenarios.json"));

for (const [scenarios, words] of [[observed, "does as Spark did in scenario"], [random, "does as Spark did in random scenario"], [suites, "does as a suite of Spark's asserts in"], [own, "follows a rule of its own in"]] as const) {
  for (const scenario of scenarios) {
    if (pipelines.get(scenario.id) === null) continue;
    it(`${words} ${scenario.id}: ${scenario.title}`, async () => {
      expect(await judgeScenario(scenario, pipelines)).toEqual({ verdict: "agrees" });
    });
  }
}

it("has the job of every scenario, but for joins of two streams", () => {
  const known = new Set([...observed, ...random, ...suites, ...own].map(({ id }) => id));
  expect([...pipelines.keys()].filter((id) => !known.has(id))).toEqual([]);
  expect([...known].filter((id) => !pipelines.has(id))).toEqual([]);
  expect([...pipelines].filter(([id, job]) => job === null && !/^J\d\d$/.test(id))).toEqual([]);
});

it("sees where a job differs: a filter too many, another delay, a step that should fail, a job that does not compile, and none", async () => {
  const b01 = "source a: { value: int } from queue() sink out = a |> where value > 1 |> aggregate count() as c group by value into memory() mode update";
  const a01 = (pipelines.get("A01") ?? "").replace("delay 10 seconds", "delay 9 seconds");
  const b06 = (pipelines.get("B06") ?? "").replace("sum(v)", "max(v)");
  expect(await differences("B01", b01)).toContainEqual(expect.stringContaining("rows "));
  expect(await differences("A01", a01)).toContainEqual(expect.stringContaining("watermark 5000 expected, 6000 found"));
  expect(await differences("B06", b06)).toContainEqual(expect.stringContaining("the query does not"));
  expect(await differences("B01", "sink out = nowhere into memory()")).toHaveLength(1);
  expect(await judgeScenario(find("B01"), new Map())).toEqual({ verdict: "DIFFERS", differences: ["there is no pipeline"] });
  expect(await judgeScenario(find("B01"), new Map([["B01", null]]))).toEqual({ verdict: "skipped" });
});

it("takes the compiler's refusal for Spark's where the query fails when it starts or at its first rows, and nowhere else", async () => {
  const refused = "source a: { value: int } from queue() sink out = a |> limit 1 into memory() mode update";
  const runs = "source a: { value: int } from queue() sink out = a into memory()";
  const [start, add]: readonly Step[] = find("B01").steps;
  if (start === undefined || add === undefined) throw new Error("B01 has no steps");
  const failing = (step: Step): Step => ({ ...step, batches: [], error: "[NOT_SUPPORTED]" });
  const judged = async (steps: readonly Step[], job: string): Promise<string> => (await judgeScenario({ ...find("B01"), steps }, new Map([["B01", job]]))).verdict;
  expect([start.action.kind, add.action.kind]).toEqual(["start", "add"]);
  expect(await judged([failing(start)], refused)).toBe("agrees");
  expect(await judged([start, failing(add)], refused)).toBe("agrees");
  expect(await judged([{ ...add, batches: [] }, failing(start)], refused)).toBe("agrees");
  expect(await judged([start, failing(add)], runs)).toBe("DIFFERS");
  expect(await judged([start, add], refused)).toBe("DIFFERS");
  expect(await judged([start, add, failing(add)], refused)).toBe("DIFFERS");
  expect(await judged([start, { ...failing(add), batches: add.batches }], refused)).toBe("DIFFERS");
  expect(await judged([start, failing(add)], "sink out = ")).toBe("DIFFERS");
});

it("gives numbers that a scenario writes as texts with all their digits", () => {
  expect(inputLine([["d", "decimal(20,4)"], ["b", "bigint"], ["s", "string"], ["x", "double"]], ["0.1000", "9007199254740993", "1", "NaN"])).toBe('{"d":0.1000,"b":9007199254740993,"s":"1","x":"NaN"}');
});

async function differences(id: string, pipeline: string): Promise<readonly string[]> {
  const judgement = await judgeScenario(find(id), new Map([[id, pipeline]]));
  return judgement.verdict === "DIFFERS" ? judgement.differences : [];
}

function find(id: string): Scenario {
  const scenario = observed.find((other) => other.id === id);
  if (scenario === undefined) throw new Error(`${id} is missing`);
  return scenario;
}

function read(name: string): string {
  return readFileSync(new URL(name, import.meta.url), "utf8");
}
