import { expect, test } from "vitest";
import { generate } from "../../examples/domain-traffic/generate.ts";
import { generatedJob } from "../support/generated-job.ts";
import { domainAnswers } from "./domain-oracle.ts";
import { fewLines, testFiles, testRuns } from "./example-tests.ts";

const answers = domainAnswers();

testFiles("domain-traffic", generate(), answers);
testRuns(await generatedJob("domain-traffic"), generate(), { log: "/data" }, answers, fewLines(generate(), 40), { order: "any" });

test("every hour has one largest domain, and not always the same", () => {
  const largest = (answers["largest_domain"] ?? []).map((row) => (JSON.parse(row) as { readonly domain: string }).domain);
  expect(largest.length).toBe(new Set((answers["each_hour"] ?? []).map((row) => /"window_start":"([^"]*)"/.exec(row)?.[1])).size);
  expect(new Set(largest).size).toBeGreaterThan(3);
});
