import { inject } from "vitest";
import { Coverage } from "./support/coverage.ts";
import { scenarioCases } from "./support/scenario-cases.ts";
import { SparkClient } from "./support/spark-client.ts";

const spark = new SparkClient(inject("spark"));
const coverage = new Coverage("scenarios", { oneOf: 5 });
// What Spark did, by hand and at random; own-scenarios.json follows rules that Spark has not.
for (const file of ["scenarios.json", "more-scenarios.json"]) {
  const { cases, others } = scenarioCases(file);
  for (const [name, reason] of others) coverage.leaveOut(name, reason);
  for (const one of cases) coverage.testCase(one, spark);
}
coverage.testGolden();
