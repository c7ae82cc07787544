import { inject } from "vitest";
import { Coverage } from "./support/coverage.ts";
import { foundCases } from "./support/found-cases.ts";
import { SparkClient } from "./support/spark-client.ts";

const spark = new SparkClient(inject("spark"));
const coverage = new Coverage("found");
for (const one of foundCases()) coverage.testCase(one, spark);
coverage.testGolden();
