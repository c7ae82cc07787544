import { expect, it } from "vitest";
import { generate } from "../../examples/flights/generate.ts";
import { testJob } from "../../runtime/testing/index.ts";
import { generatedJob } from "../support/generated-job.ts";
import { fewLines, inFolder, testFiles, testRuns } from "./example-tests.ts";
import { flightAnswers } from "./flights-oracle.ts";

const answers = flightAnswers();
const files = inFolder("summaries", generate());

testFiles("flights", generate(), answers);
for (const name of ["flights", "flights-stream"]) testRuns(await generatedJob(name), files, { summaries: "/data/summaries" }, answers, fewLines(files, 30));

const typed = await generatedJob("flights-typed");
const { within = [], destinations = [] } = answers;
testRuns(typed, files, { summaries: "/data/summaries" }, { within, destinations }, fewLines(files, 30));

it("takes a predicate and a key in TypeScript", async () => {
  const kit = testJob(typed, { ownConnectors: ["flights"], params: { summaries: "in" }, files: { "in/1.csv": "origin,destination,count\nChad,Peru,2\nMali,Peru,5\n" } });
  await kit.step();
  kit.putFile("in/2.csv", "count,destination,origin\n9,Chad,Chad\n");
  await kit.step();
  expect(kit.rows("within")).toEqual([{ file: "2.csv", country: "Chad", count: 9 }]);
  expect(kit.rows("destinations")).toEqual([{ destination: "Chad", flights: 9, origins: 1 }, { destination: "Peru", flights: 7, origins: 2 }]);
  await kit.stop();
});
