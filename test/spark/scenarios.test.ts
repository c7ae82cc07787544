import { inject } from "vitest";
import { Coverage } from "./support/coverage.ts";
import { scenarioCases } from "./support/scenario-cases.ts";
import { SparkClient } from "./support/spark-client.ts";

const spark = new SparkClient(inject("spark"));
const coverage = new Coverage("scenarios", 5);
const { cases, others } = scenarioCases("scenarios.json");
for (const [name, reason] of others) coverage.leaveOut(name, reason);
for (const one of cases) coverage.testCase(one, spark);
coverage.testGolden();
