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
    const failures = unwanted(one.fails, node.failure, onSpark.failure);
    rest.checked.queries.forEach((query, at) => {
      // The job and its program once.
      const job = at === 0 ? `${one.name}\n${rest.checked.source.text}\n${program}\n` : `${one.name}\n`;
      if (failures !== undefined) outcomes.set(query.analyzed.name, { kind: "differs", failed: true, batches: [], difference: at === 0 ? `${job}${failures}` : "the same failure" });
      else {
        const compared = compareCaptures(query, node.batches, onSpark.batches);
        outcomes.set(query.analyzed.name, compared.kind === "equal" ? compared : { kind: "differs", failed: false, batches: compared.batches, difference: `${job}${compared.text}` });
      }
    });
    return outcomes;
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** How the targets ended where that is not as it must be: both well, or both by the condition. Any other failure, as of a program that Python or Spark does not take, is not by the condition. */
export function unwanted(condition: string | undefined, node: string | undefined, spark: string | undefined): string | undefined {
  const isWanted = [node, spark].every((failure) => (condition === undefined ? failure === undefined : failure?.includes(`[${condition}]`) === true));
  return isWanted ? undefined : `Node: ${node ?? "all well"}\nSpark: ${spark ?? "all well"}\n`;
}
