import { expect, it } from "vitest";
import { fileSink } from "../../../runtime/connectors/file.ts";
import { hours, seconds, type JobDefinition } from "../../../runtime/index.ts";
import type { SideOutputDefinition } from "../../../runtime/query/definition.ts";
import { SimulatedCrash } from "../../../runtime/errors/simulated-crash.ts";
import { faultPoints } from "../../../runtime/host/fault-points.ts";
import { Harness, startHarness } from "../../../runtime/testing/harness.ts";
import { SimHost } from "../../../runtime/testing/sim-host.ts";
import { encodeRow, handMadeJob, rowsOf, type HandMadeRow } from "./hand-made-job.ts";

interface LateRow extends HandMadeRow {
  readonly late_by: number;
  readonly step: string;
}

const sink = (path: string): SideOutputDefinition["sink"] => () => fileSink({ path, format: "json" });
const sideOutputs: readonly SideOutputDefinition[] = [
  { name: "late", needsCheckpoint: true, sink: sink("late"), late: { columns: [{ name: "t", type: "timestamp", nullable: true }, { name: "late_by", type: "duration", nullable: false }, { name: "step", type: "string", nullable: false }], encodeJson: encodeRow } },
  { name: "bad", needsCheckpoint: true, sink: sink("bad") },
];

/** `watermark t delay 10 seconds late into late future after 1 hour into bad |> dedup by k, t`. */
function job({ drops = false } = {}): JobDefinition {
  return handMadeJob(["a"], {
    sideOutputs,
    build(context) {
      const watermark = context.watermark("a/watermark", seconds(10), { future: { after: hours(1), ...(drops ? {} : { into: "bad" }) } });
      const late = context.sideOutput<LateRow>("late");
      const seen = context.seenKeys("out/dedup", { key: { k: "string", t: "timestamp" }, closing: { key: "t" }, underWatermark: true });
      return {
        reads: {
          a: (batch) => {
            for (const [{ t = null, k = "" }, row] of rowsOf(batch)) {
              if (t !== null && watermark.isFuture(t)) {
                context.futureRow(watermark, t, batch, row);
                continue;
              }
              watermark.observe(t);
              if (t !== null && seen.isLate(t)) {
                late.insert({ t, k, late_by: context.lateBy(t), step: "out/dedup" });
                continue;
              }
              if (seen.isFirst([k, t])) context.output.insert({ t, k });
            }
          },
        },
      };
    },
  });
}

/** The machine's clock begins there, in milliseconds. */
const start = Date.UTC(2024, 0, 1);
const at = (second: number): { readonly t: number; readonly k: string } => ({ t: (start / 1000 + second) * 1_000_000, k: "x" });

/** The rows of a side output, by its manifest. */
function rowsIn(host: SimHost, folder: string): readonly unknown[] {
  const parts = [...(host.fs.list(folder) ?? [])].filter((name) => name.startsWith("part-")).sort();
  return parts.flatMap((name) => new TextDecoder().decode(host.fs.readFile(`${folder}/${name}`)).trimEnd().split("\n")).map((line): unknown => JSON.parse(line));
}

const inputs: readonly (readonly { readonly t: number; readonly k: string }[])[] = [[at(10), at(25)], [at(12), at(3601)], [at(40), at(15), at(16)]];

it("puts late rows and rows of the future where the job says, and counts them", async () => {
  const harness = startHarness(job());
  for (const rows of inputs) await harness.step({ a: rows });
  const { host } = harness;
  expect(rowsIn(host, "late")).toEqual([
    { ...at(12), late_by: 3_000_000, step: "out/dedup" },
    { ...at(15), late_by: 0, step: "out/dedup" },
  ]);
  const raw = JSON.stringify(at(3601));
  expect(rowsIn(host, "bad")).toEqual([
    { raw: Buffer.from(raw).toString("base64"), error: "the event time 2024-01-01T01:00:01.000Z lies PT1H1S ahead of the batch's clock, more than PT1H", source: "queue a, batch 2", position: `byte ${JSON.stringify(at(12)).length + 1}`, time: "2024-01-01T00:00:00.000Z" },
  ]);
  const batches = harness.query.recentProgress.filter(({ numInputRows }) => numInputRows > 0);
  expect(batches.map(({ malformedRows, stateOperators: [operator] }) => [malformedRows, operator?.numRowsDroppedByWatermark])).toEqual([[0, 0], [1, 1], [0, 1]]);
  // It did not advance the watermark.
  expect(batches[2]?.eventTime["watermark"]).toBe("2024-01-01T00:00:15.000Z");
  await harness.stop();
});

it("drops rows of the future where the job says no more, and needs the checkpoint of a side output", async () => {
  const dropping = startHarness(job({ drops: true }));
  await dropping.step({ a: [at(3601)] });
  expect(dropping.query.lastProgress?.malformedRows).toBe(1);
  await dropping.stop();
  expect(rowsIn(dropping.host, "bad")).toEqual([]);
  const without = startHarness(job(), { checkpoint: null });
  await without.settle();
  expect(without.failure).toMatchObject({ code: "R7609" });
});

it("knows nothing late in a bounded run, whose clock is the time of the run", async () => {
  const harness = new Harness(job(), { mode: "batch", checkpoint: null });
  for (const rows of inputs) harness.add("a", rows);
  harness.queues.handle("a").close();
  harness.start();
  const [batch, ...others] = await harness.finish();
  expect(others).toEqual([]);
  expect(batch).toMatchObject({ id: 0, watermark: Infinity, inputRows: 7, failed: undefined });
  expect(batch?.rows).toHaveLength(6);
  expect(rowsIn(harness.host, "late")).toEqual([]);
  expect(rowsIn(harness.host, "bad")).toHaveLength(1);
});

/** Hands everything in, and starts again after every crash. */
async function finished(harness: Harness): Promise<SimHost> {
  for (const rows of inputs) {
    harness.add("a", rows);
    await harness.settle();
    while (harness.failure instanceof SimulatedCrash) await harness.restart();
  }
  await harness.stop();
  return harness.host;
}

it("puts each of them there once, wherever the process dies", async () => {
  const straight = new SimHost();
  await finished(startHarness(job(), { host: straight }));
  const points = faultPoints.filter((point) => straight.reached.includes(point));
  expect(points.length).toBeGreaterThan(30);
  for (const point of points) {
    for (const occurrence of [1, 3, 6]) {
      const host = new SimHost();
      host.crashAt(point, occurrence);
      const last = await finished(startHarness(job(), { host }));
      for (const folder of ["late", "bad"]) expect(rowsIn(last, folder), `${point} ${occurrence}`).toEqual(rowsIn(straight, folder));
    }
  }
});
