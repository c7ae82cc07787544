import { expect, test } from "vitest";
import { generate as generateActivity } from "../../examples/activity/generate.ts";
import { generate } from "../../examples/device-counts/generate.ts";
import { generatedJob } from "../support/generated-job.ts";
import { fewLines, inFolder, testFiles, testRuns } from "./example-tests.ts";
import { measurementAnswers } from "./measurements-oracle.ts";

const answers = measurementAnswers();
const params = { measurements: "/data/now", history: "/data/earlier" };
const earlier = inFolder("earlier", generate());
const now = inFolder("now", generateActivity());

testFiles("device-counts", generate(), answers);
testRuns(await generatedJob("device-counts"), [...earlier, ...now], params, answers, [...fewLines(earlier, 100), ...fewLines(now, 60)]);

test("models and activities that only one of the years has are not in the history", () => {
  const history = (answers["device_history"] ?? []).join("\n");
  expect(history).not.toMatch(/jog|samsungold|stairsdown|null/);
});
