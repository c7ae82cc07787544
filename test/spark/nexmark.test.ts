import { inject } from "vitest";
import { Coverage } from "./support/coverage.ts";
import { nexmarkCases } from "./support/example-cases.ts";
import { SparkClient } from "./support/spark-client.ts";

const spark = new SparkClient(inject("spark"));
const coverage = new Coverage("nexmark");
for (const one of nexmarkCases()) coverage.testCase(one, spark);
coverage.testGolden();
