import type { SinkColumn } from "../../runtime/connectors/sink.ts";
import type { JobDefinition } from "../../runtime/query/definition.ts";
import { Harness, type RecordedBatch } from "../../runtime/testing/index.ts";
import type { ExpectedBatch, Scenario, Step } from "./scenario.ts";
import { actualRow, expectedRow, inputLine } from "./scenario-rows.ts";
import { tableLines } from "./table-lines.ts";

/** The query that a scenario's job has. */
const sinkName = "out";

/**
 * Does the steps of a scenario on an emitted job, and says where it differs from what Spark did: batch ids, watermarks, counts of
 * input rows, rows, and whether a step fails. Empty where it agrees.
 */
export async function playScenario(scenario: Scenario, job: JobDefinition): Promise<readonly string[]> {
  const columns = job.queries.flatMap(({ outputs }) => outputs).find((output) => output.name === sinkName)?.columns;
  if (columns === undefined) return [`the job has no sink \`${sinkName}\``];
  const harness = new Harness(job, { query: sinkName });
  for (const [name, sql] of scenario.tables) harness.add(name, tableLines(sql));
  const differences: string[] = [];
  for (const [at, step] of scenario.steps.entries()) {
    const batches = await doStep(harness, scenario, step);
    const found = compareStep(step, batches, harness.failure, columns, scenario.ordered);
    differences.push(...found.map((difference) => `step ${at + 1}: ${difference}`));
    if (harness.failure !== undefined) break;
  }
  await harness.stop();
  return differences;
}

async function doStep(harness: Harness, scenario: Scenario, { action }: Step): Promise<readonly RecordedBatch[]> {
  switch (action.kind) {
    case "start":
      harness.start(action.trigger === "default" ? "declared" : action.trigger === "once" ? "once" : "available now");
      return action.trigger === "default" ? harness.settle() : harness.finish();
    case "add":
      for (const [source, rows] of action.rows) harness.add(source, rows.map((row) => inputLine(scenario.sources.get(source) ?? [], row)));
      return harness.isActive ? harness.settle() : [];
    case "stop":
      await harness.stop();
      return harness.finish();
    case "loseCommits":
      harness.loseCommits(action.count);
      return [];
  }
}

function compareStep({ batches: expected, error }: Step, actual: readonly RecordedBatch[], failure: Error | undefined, columns: readonly SinkColumn[], ordered: boolean): readonly string[] {
  const done = actual.filter((batch) => batch.failed === undefined);
  const differences = [
    ...(error !== undefined && failure === undefined ? [`Spark fails (${error.slice(0, 80)}), the query does not`] : []),
    ...(error === undefined && failure !== undefined ? [`the query fails: ${failure.message}`] : []),
  ];
  if (done.length !== expected.length) differences.push(`${expected.length} batches expected (${ids(expected)}), ${done.length} run (${ids(done)})`);
  for (const [at, batch] of expected.entries()) {
    const other = done[at];
    if (other !== undefined) differences.push(...compareBatch(batch, other, columns, ordered).map((difference) => `batch ${batch.id}: ${difference}`));
  }
  return differences;
}

function compareBatch(expected: ExpectedBatch, actual: RecordedBatch, columns: readonly SinkColumn[], ordered: boolean): readonly string[] {
  const rows = actual.rows.filter(({ kind }) => kind !== "-U").map(({ kind, json }) => `${kind === "-D" ? "-D " : ""}[${actualRow(json, columns).join(", ")}]`);
  const wanted = expected.rows.map((row) => `[${expectedRow(row, columns).join(", ")}]`);
  if (!ordered) for (const list of [rows, wanted]) list.sort();
  const differing = (what: string, a: unknown, b: unknown): readonly string[] => (a === b ? [] : [`${what} ${String(a)} expected, ${String(b)} found`]);
  return [
    ...differing("id", expected.id, actual.id),
    ...(expected.watermark === undefined ? [] : differing("watermark", expected.watermark, actual.watermark)),
    ...differing("input rows", expected.inputRows, actual.inputRows),
    ...differing("rows", wanted.join(" ") || "none", rows.join(" ") || "none"),
  ];
}

function ids(batches: readonly { readonly id: number }[]): string {
  return batches.length === 0 ? "none" : batches.map(({ id }) => id).join(", ");
}
