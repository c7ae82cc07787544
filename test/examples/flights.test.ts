import { generate } from "../../examples/flights/generate.ts";
import { generatedJob } from "../support/generated-job.ts";
import { fewLines, inFolder, testFiles, testRuns } from "./example-tests.ts";
import { flightAnswers } from "./flights-oracle.ts";

const answers = flightAnswers();
const files = inFolder("summaries", generate());

testFiles("flights", generate(), answers);
for (const name of ["flights", "flights-stream"]) testRuns(await generatedJob(name), files, { summaries: "/data/summaries" }, answers, fewLines(files, 30));
