import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { carryOver, wholeProgram } from "./carry-over.ts";
import { compareCaptures } from "./compare-captures.ts";
import type { DifferentialCase, Outcome } from "./differential-case.ts";
import { runOnNode } from "./run-on-node.ts";
import { runOnSpark } from "./run-on-spark.ts";
import type { SparkClient } from "./spark-client.ts";

/** Runs a case on both targets and says what came of each of its queries. Where both must fail what they gave before is compared. */
export async function compareTargets(one: DifferentialCase, spark: SparkClient): Promise<ReadonlyMap<string, Outcome>> {
  const folder = mkdtempSync(join(tmpdir(), "sluice-differential-"));
  try {
    const { refused, rest } = carryOver(one.path, one.text(folder));
    const outcomes = new Map<string, Outcome>([...refused].map(([name, codes]) => [name, { kind: "refused", codes }]));
    if (rest === undefined) return outcomes;
    const node = await runOnNode(one, rest.checked, folder);
    const onSpark = await runOnSpark(one, await wholeProgram(rest, one.path), folder, spark);
    const program = rest.program.find(({ name }) => name === "job.py")?.text ?? "";
    const wanted = one.fails === true;
    const failures = (node.failure !== undefined) === wanted && (onSpark.failure !== undefined) === wanted ? undefined : `Node: ${node.failure ?? "all well"}\nSpark: ${onSpark.failure ?? "all well"}\n`;
    rest.checked.queries.forEach((query, at) => {
      const difference = failures ?? compareCaptures(query, node.batches, onSpark.batches);
      const job = at === 0 ? `${rest.checked.source.text}\n${program}\n` : "";
      outcomes.set(query.analyzed.name, difference === undefined ? { kind: "equal" } : { kind: "differs", difference: at > 0 && difference === failures ? "the same failure" : `${one.name}\n${job}${difference}` });
    });
    return outcomes;
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
