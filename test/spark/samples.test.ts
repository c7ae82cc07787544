import { inject } from "vitest";
import { Coverage } from "./support/coverage.ts";
import { sampleCases } from "./support/sample-cases.ts";
import { SparkClient } from "./support/spark-client.ts";

const spark = new SparkClient(inject("spark"));
const coverage = new Coverage("samples", 4);
for (const one of sampleCases()) coverage.testCase(one, spark);
coverage.testGolden();
