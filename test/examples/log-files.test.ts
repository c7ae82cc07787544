import { generate } from "../../examples/log-files/generate.ts";
import { generatedJob } from "../support/generated-job.ts";
import { fewLines, testFiles, testRuns } from "./example-tests.ts";
import { requestAnswers } from "./requests-oracle.ts";

const answers = requestAnswers();

testFiles("log-files", generate(), answers);
testRuns(await generatedJob("log-files"), generate(), { logs: "/data" }, answers, fewLines(generate(), 60));
