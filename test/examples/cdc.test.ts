import { expect, test } from "vitest";
import { generate } from "../../examples/cdc/generate.ts";
import { generatedJob } from "../support/generated-job.ts";
import { changeAnswers } from "./cdc-oracle.ts";
import { fewLines, testFiles, testRuns } from "./example-tests.ts";
import { machineWith, runOn, sinkLines } from "./machine.ts";

const answers = changeAnswers();
const job = await generatedJob("cdc");
const params = { log: "/data", results: "/out" };

testFiles("cdc", generate(), answers);
testRuns(job, generate(), params, answers, fewLines(generate(), 40), { order: "any" });

test("the files of city_changes make up the cities, whatever was written before", async () => {
  const host = machineWith(generate());
  expect(await runOn(host, job, ["--drain", "--checkpoint", "/checkpoints", ...Object.entries(params).flatMap(([name, value]) => ["--param", `${name}=${value}`])]), host.stderr).toBe(0);
  const cities = new Map<string, string>();
  for (const line of sinkLines(host, "/out")) {
    const [, kind, row = "", city = ""] = /^\{"op":"(\+I|\+U|-D)",("city":"(\w+)".*)$/.exec(line) ?? [];
    expect([kind, cities.has(city)], line).toEqual([kind, kind !== "+I"]);
    if (kind === "-D") cities.delete(city);
    else cities.set(city, `{${row}`);
  }
  expect([...cities.values()].sort()).toEqual(answers["city_changes"]);
});
