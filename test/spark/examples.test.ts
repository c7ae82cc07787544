import { inject } from "vitest";
import { carryOver } from "./support/carry-over.ts";
import { Coverage } from "./support/coverage.ts";
import { examples } from "./support/example-cases.ts";
import { SparkClient } from "./support/spark-client.ts";

const spark = new SparkClient(inject("spark"));
const coverage = new Coverage("examples", { oneOf: 3, always: /(?:web-log-stream|activity|flights-stream)\.sluice available now$/ });
for (const { name, path, text, notCompared, cases } of examples()) {
  for (const one of cases) coverage.testCase(one, spark);
  if (notCompared === undefined) continue;
  const { refused, rest } = carryOver(path, text);
  for (const [query, codes] of refused) coverage.leaveOut(`${name} ${query}`, `${notCompared}; refused ${codes.join(" ")}`);
  for (const { analyzed } of rest?.checked.queries ?? []) coverage.leaveOut(`${name} ${analyzed.name}`, notCompared);
}
coverage.testGolden();
