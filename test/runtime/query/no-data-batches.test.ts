import { expect, it } from "vitest";
import { once, seconds, type JobDefinition } from "../../../runtime/index.ts";
import type { JobSettings, TriggerDefinition } from "../../../runtime/query/definition.ts";
import { startHarness, type Harness } from "../../../runtime/testing/harness.ts";
import type { RecordedBatch } from "../../../runtime/testing/batch-recorder.ts";
import { handMadeJob, rowsOf } from "./hand-made-job.ts";

/** `dedup by k, t` below a delay of ten seconds, for each input alone: the state shows what was closed by which batch. */
function dedupJob(inputs: readonly string[], settings: Partial<JobSettings> = {}, trigger?: TriggerDefinition): JobDefinition {
  return handMadeJob(inputs, {
    settings,
    ...(trigger === undefined ? {} : { trigger }),
    build(context) {
      const seen = context.seenKeys("out/dedup", { key: { k: "string", t: "timestamp" }, closing: { key: "t" }, underWatermark: true });
      return {
        reads: Object.fromEntries(
          inputs.map((input) => {
            const watermark = context.watermark(`${input}/watermark`, seconds(10), { idle: seconds(60) });
            return [
              input,
              (batch) => {
                for (const [{ t = null, k = "" }] of rowsOf(batch)) {
                  watermark.observe(t);
                  if (!seen.isLate(t) && seen.isFirst([k, t])) context.output.insert({ t, k });
                }
              },
            ];
          }),
        ),
      };
    },
  });
}

const at = (second: number, k: string = "x"): { readonly t: number; readonly k: string } => ({ t: second * 1_000_000, k });
const brief = (batches: readonly RecordedBatch[]): readonly string[] => batches.map(({ id, attempt, watermark, inputRows, rows }) => `${id}${attempt > 1 ? `#${attempt}` : ""} wm ${watermark === null ? "none" : watermark / 1000} in ${inputRows} out ${rows.length}`);
const kept = (harness: Harness): readonly (number | undefined)[] => {
  const [operator] = harness.query.lastProgress?.stateOperators ?? [];
  return [operator?.numRowsTotal, operator?.numRowsRemoved, operator?.numRowsDroppedByWatermark];
};

it("runs a batch without data when the watermark has moved, under an id of its own, until nothing moves", async () => {
  const harness = startHarness(dedupJob(["a"]));
  expect(brief(await harness.step({ a: [at(10), at(15)] }))).toEqual(["0 wm 0 in 2 out 2", "1 wm 5 in 0 out 0"]);
  expect(brief(await harness.step({ a: [at(25)] }))).toEqual(["2 wm 5 in 1 out 1", "3 wm 15 in 0 out 0"]);
  expect(kept(harness)).toEqual([1, 2, 0]);
  // The row is late for both watermarks, which are equal after a batch without data.
  expect(brief(await harness.step({ a: [at(15)] }))).toEqual(["4 wm 15 in 1 out 0"]);
  expect(kept(harness)).toEqual([1, 0, 1]);
  const withoutData = harness.query.recentProgress.find(({ batchId }) => batchId === 3);
  expect(withoutData?.sources[0]?.startOffset).toBe(withoutData?.sources[0]?.endOffset);
  expect(Object.keys(withoutData?.eventTime ?? {})).toEqual(["watermark"]);
  await harness.stop();
});

it("accepts a row between the two watermarks where no batch without data came between (A14)", async () => {
  const harness = startHarness(dedupJob(["a"], { noDataBatches: false }));
  expect(brief(await harness.step({ a: [at(25)] }))).toEqual(["0 wm 0 in 1 out 1"]);
  expect(brief(await harness.step({ a: [at(12)] }))).toEqual(["1 wm 15 in 1 out 1"]);
  expect(kept(harness)).toEqual([1, 1, 0]);
  expect(brief(await harness.step({ a: [at(12)] }))).toEqual(["2 wm 15 in 1 out 0"]);
  await harness.stop();
});

it("never runs one with `once`, and all of them with `available now` and before the end of a drained input", async () => {
  const harness = startHarness(dedupJob(["a"], {}, once));
  harness.add("a", [at(25)]);
  expect(brief(await harness.finish())).toEqual(["0 wm 0 in 1 out 1"]);
  harness.start();
  expect(brief(await harness.finish())).toEqual([]);
  harness.start("available now");
  expect(brief(await harness.finish())).toEqual(["1 wm 15 in 0 out 0"]);
  harness.add("a", [at(40)]);
  harness.start("drain");
  expect(brief(await harness.finish())).toEqual(["2 wm 15 in 1 out 1", "3 wm 30 in 0 out 0", "4 wm Infinity in 0 out 0"]);
  expect(kept(harness)[0]).toBe(0);
});

it("still owes a batch without data after a restart, unless it is to behave as Spark does (A24)", async () => {
  for (const [compatibility, expected] of [["sluice", ["1 wm 15 in 0 out 0"]], ["spark", []]] as const) {
    const harness = startHarness(dedupJob(["a"], { compatibility }, once));
    harness.add("a", [at(25)]);
    await harness.finish();
    await harness.finish();
    harness.start("once");
    await harness.finish();
    harness.start("available now");
    expect(brief(await harness.finish()), compatibility).toEqual(expected);
  }
});

it("runs a batch without data that was cut off again under its own id (A10)", async () => {
  for (const point of ["offsets.durable", "state-delta.synced", "sinks.committed", "commits.written"]) {
    const harness = startHarness(dedupJob(["a"]));
    await harness.step({ a: [at(10)] });
    harness.crashAt(point, 2);
    await harness.step({ a: [at(25)] });
    expect(brief(await harness.restart()).at(-1), point).toBe("2#2 wm 15 in 0 out 0");
    expect(kept(harness), point).toEqual([1, 1, 0]);
    expect(brief(await harness.step({ a: [at(14)] })), point).toEqual(["3 wm 15 in 1 out 0"]);
    await harness.stop();
  }
});

it("goes on with the watermark of each input after a restart; as Spark, it waits for every input to pass the query's again (A08)", async () => {
  for (const [compatibility, expected] of [["sluice", "3 wm 30 in 0 out 0"], ["spark", "2 wm 10 in 1 out 1"]] as const) {
    const harness = startHarness(dedupJob(["a", "b"], { compatibility }));
    await harness.step({ a: [at(20)], b: [at(50)] });
    await harness.restart();
    expect(brief(await harness.step({ a: [at(40)] })).at(-1), compatibility).toBe(expected);
    await harness.stop();
  }
});

it("takes the least of two inputs, or the greatest, and keeps the policy that the checkpoint began with", async () => {
  const least = startHarness(dedupJob(["a", "b"]));
  expect(brief(await least.step({ a: [at(20)], b: [at(50)] }))).toEqual(["0 wm 0 in 2 out 2", "1 wm 10 in 0 out 0"]);
  await least.stop();
  const greatest = startHarness(dedupJob(["a", "b"], { watermarkPolicy: "max" }));
  expect(brief(await greatest.step({ a: [at(20)], b: [at(50)] }))).toEqual(["0 wm 0 in 2 out 2", "1 wm 40 in 0 out 0"]);
  await greatest.stop();
  const changed = startHarness(dedupJob(["a", "b"]), { host: greatest.host, queues: greatest.queues });
  expect(brief(await changed.step({ a: [at(60)] }))).toEqual(["2 wm 40 in 1 out 1", "3 wm 50 in 0 out 0"]);
  await changed.stop();
});

it("wakes up when an input has been silent for long enough, and goes on with the others; what was decided is in the checkpoint", async () => {
  const harness = startHarness(dedupJob(["a", "b"]));
  await harness.step({ a: [at(20)], b: [at(50)] });
  await harness.advance(30_000);
  expect(brief(await harness.step({ b: [at(60)] }))).toEqual(["2 wm 10 in 1 out 1"]);
  await harness.advance(29_000);
  expect(brief(await harness.settle())).toEqual([]);
  await harness.advance(1_000);
  expect(brief(await harness.settle())).toEqual(["3 wm 50 in 0 out 0"]);
  // The input comes back: its rows are late, and the watermark stays.
  expect(brief(await harness.step({ a: [at(30)] }))).toEqual(["4 wm 50 in 1 out 0"]);
  await harness.restart();
  expect(brief(await harness.step({ b: [at(80)] }))).toEqual(["5 wm 50 in 1 out 1"]);
  expect(brief(await harness.step({ a: [at(75)] }))).toEqual(["6 wm 50 in 1 out 1", "7 wm 65 in 0 out 0"]);
  await harness.stop();
});

it("lets all inputs count where all are silent, and none be silent under the policy max", async () => {
  const harness = startHarness(dedupJob(["a", "b"]));
  await harness.step({ a: [at(20)], b: [at(50)] });
  await harness.advance(200_000);
  expect(brief(await harness.settle())).toEqual([]);
  await harness.stop();
});
