import { inject } from "vitest";
import { Coverage } from "./support/coverage.ts";
import { sampleCases } from "./support/sample-cases.ts";
import { SparkClient } from "./support/spark-client.ts";

const spark = new SparkClient(inject("spark"));
const coverage = new Coverage("samples", { oneOf: 4 });
const { cases, others } = sampleCases();
for (const [name, reason] of others) coverage.leaveOut(name, reason);
for (const one of cases) coverage.testCase(one, spark);
coverage.testGolden();
