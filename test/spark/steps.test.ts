import { inject } from "vitest";
import { Coverage } from "./support/coverage.ts";
import { SparkClient } from "./support/spark-client.ts";
import { stepCases } from "./support/step-cases.ts";

const spark = new SparkClient(inject("spark"));
const coverage = new Coverage("steps", { oneOf: 3 });
for (const one of stepCases()) coverage.testCase(one, spark);
coverage.testGolden();
