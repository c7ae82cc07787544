import { expect, it } from "vitest";
import { count, every, seconds, slidingWindow, tumblingWindow, type JobDefinition } from "../../../runtime/index.ts";
import type { TriggerDefinition } from "../../../runtime/query/definition.ts";
import { startHarness, type Harness } from "../../../runtime/testing/harness.ts";
import type { RecordedBatch } from "../../../runtime/testing/batch-recorder.ts";
import { handMadeJob, rowsOf } from "./hand-made-job.ts";

/** Rows in windows of ten seconds of the batches' own time, in append mode. */
function job(trigger?: TriggerDefinition, window = tumblingWindow(seconds(10))): JobDefinition {
  return handMadeJob(["a"], {
    ...(trigger === undefined ? {} : { trigger }),
    build(context) {
      const groups = context.groups("out/aggregate", { key: { k: "string" }, window, closing: "clock", lanes: () => ({ n: count() }) });
      return {
        reads: {
          a: (batch) => {
            for (const [{ k = "" }] of rowsOf(batch)) groups.lanes.n.add(groups.slot(context.batch.timestamp, k));
          },
        },
        finish() {
          const view = groups.closed();
          for (const slot of view.slots) context.output.insert({ k: view.keys.k.get(slot), t: view.windowEnd(slot) / 1e6 - midnight, n: Number(view.lanes.n.get(slot)) });
        },
      };
    },
  });
}

/** The machine's clock begins there, in seconds. */
const midnight = Date.UTC(2024, 0, 1) / 1000;
const brief = (batches: readonly RecordedBatch[]): readonly string[] => batches.map(({ id, inputRows, rows }) => `${id} in ${inputRows}: ${rows.map(({ json }) => json).join(" ")}`);

it("gives a window in a batch without data, at the moment of the clock at which it ends", async () => {
  const harness = startHarness(job());
  await harness.advance(3_000);
  expect(brief(await harness.step({ a: [{ k: "x" }, { k: "x" }] }))).toEqual(["0 in 2: "]);
  await harness.advance(6_999);
  expect(brief(await harness.settle())).toEqual([]);
  await harness.advance(1);
  expect(brief(await harness.settle())).toEqual(['1 in 0: {"k":"x","t":10,"n":2}']);
  await harness.advance(60_000);
  expect(brief(await harness.settle())).toEqual([]);
  expect(harness.query.lastProgress?.stateOperators[0]?.numRowsTotal).toBe(0);
  await harness.stop();
});

it("gives it at a tick of the trigger, and after a restart where the end came between", async () => {
  const harness = startHarness(job(every(seconds(4))));
  await harness.step({ a: [{ k: "x" }] });
  await harness.advance(10_000);
  expect(harness.query.recentProgress.filter(({ sink }) => sink.numOutputRows > 0)).toEqual([]);
  await harness.advance(2_000);
  expect(brief(await harness.settle())).toEqual(['1 in 0: {"k":"x","t":10,"n":1}']);
  harness.add("a", [{ k: "y" }]);
  await harness.settle();
  await harness.stop();
  await harness.advance(20_000);
  expect(brief(await harness.restart())).toEqual(['3 in 0: {"k":"y","t":20,"n":1}']);
  await harness.stop();
});

it("gives each sliding window once, also over a restart and a batch that was cut off", async () => {
  const given = async (disturb: (harness: Harness, turn: number) => Promise<void>): Promise<readonly string[]> => {
    const harness = startHarness(job(undefined, slidingWindow(seconds(10), seconds(5))));
    const rows: string[] = [];
    for (let turn = 0; turn < 6; turn++) {
      await disturb(harness, turn);
      harness.add("a", [{ k: "x" }]);
      for (const batch of await harness.settle()) if (batch.failed === undefined) rows.push(...batch.rows.map(({ json }) => json));
      if (harness.failure !== undefined) for (const batch of await harness.restart()) rows.push(...batch.rows.map(({ json }) => json));
      await harness.advance(3_000);
    }
    await harness.advance(20_000);
    for (const batch of await harness.settle()) rows.push(...batch.rows.map(({ json }) => json));
    await harness.stop();
    return rows;
  };
  const straight = await given(async () => {});
  expect(straight).toEqual(['{"k":"x","t":5,"n":2}', '{"k":"x","t":10,"n":4}', '{"k":"x","t":15,"n":3}', '{"k":"x","t":20,"n":2}', '{"k":"x","t":25,"n":1}']);
  const restarted = async (harness: Harness, turn: number): Promise<void> => {
    if (turn === 3) await harness.restart();
  };
  const crashing = (point: string, at: number) => async (harness: Harness, turn: number) => {
    if (turn === at) harness.crashAt(point);
  };
  expect(await given(restarted)).toEqual(straight);
  expect(await given(crashing("state-delta.synced", 4))).toEqual(straight);
  expect(await given(crashing("batch.rows-read", 2))).toEqual(straight);
});

it("closes the windows of a drained input", async () => {
  const harness = startHarness(job());
  await harness.step({ a: [{ k: "x" }] });
  await harness.stop();
  harness.start("drain");
  expect(brief(await harness.finish())).toEqual(['1 in 0: {"k":"x","t":10,"n":1}']);
});
