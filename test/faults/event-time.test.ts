import { expect, it } from "vitest";
import type { JobDefinition } from "../../runtime/query/definition.ts";
import type { RunMode } from "../../runtime/query/run-mode.ts";
import { SimHost, startHarness, type Harness, type RecordedBatch } from "../../runtime/testing/index.ts";
import { keptState } from "../support/kept-state.ts";
import { compileText, loadJob } from "../support/load-job.ts";

const head = `
  schema Event { id: int, k: string, v: int, at: timestamp? }
  source events: Event from queue()
  sink late into file("/late", format: "json")
  stream timed = events |> watermark at delay 1 minute late into late
`;

/** The queries; those in append write files, exactly once. */
const queries: Readonly<Record<string, string>> = {
  "tumbling in append": `timed |> aggregate count() as n, sum(v) as total group by k, tumbling(at, 1 minute) into file("/out", format: "json")`,
  "tumbling in update": "timed |> aggregate count() as n, sum(v) as total group by k, tumbling(at, 1 minute) into memory() mode update",
  "tumbling in complete": "timed |> aggregate count() as n, sum(v) as total group by k, tumbling(at, 1 minute) into memory() mode complete",
  "sliding in append": `timed |> aggregate count() as n, max(v) as most group by k, sliding(at, 90 seconds, every 40 seconds) into file("/out", format: "json")`,
  "sliding in update": "timed |> aggregate count() as n, max(v) as most group by k, sliding(at, 90 seconds, every 40 seconds) into memory() mode update",
  session: `timed |> aggregate count() as n, collect_list(v) as all group by k, session(at, gap 30 seconds) into file("/out", format: "json")`,
  "session in complete": "timed |> aggregate count() as n group by k, session(at, gap 30 seconds) into memory() mode complete",
  "dedup by time": `timed |> dedup by k, at into file("/out", format: "json")`,
  "dedup within watermark": `timed |> dedup by k within watermark into file("/out", format: "json")`,
  "window over windows": `timed |> aggregate count() as n group by k, tumbling(at, 1 minute) |> aggregate max(n) as most group by tumbling(window, 2 minutes) into file("/out", format: "json")`,
  limit: `timed |> dedup by k, at |> limit 7 into file("/out", format: "json")`,
};

type Row = readonly [k: string, v: number, second: number | null];

/** What comes into each batch: in order and out of it, again, late for one window and for all of them, without a time, and nothing new under a moved watermark. */
const steps: readonly (readonly Row[])[] = [
  [["a", 1, 70], ["b", 2, 95], ["a", 3, 62], ["a", 1, 70]],
  [["a", 4, 150], ["c", 5, 20], ["b", 2, 95], ["d", 1, null]],
  [["a", 6, 10], ["b", 7, 260], ["c", 8, 201], ["a", 9, 255]],
  [["a", 1, 70], ["c", 2, 185], ["d", 3, 299]],
  [["b", 4, 262], ["a", 5, 5], ["c", 6, 420]],
  [["a", 7, 800]],
  [["b", 8, 790], ["a", 9, 330]],
];

interface Outcome {
  /** Rows in no order, watermark and count of input of each batch, as its last attempt gave them. */
  readonly batches: Readonly<Record<number, unknown>>;
  /** Sorted. */
  readonly files: readonly string[];
  readonly late: readonly string[];
  /** Before the input is ended. */
  readonly state: readonly string[];
  readonly reached: readonly string[];
  readonly crashes: number;
}

/** Runs the steps on a machine, started again whenever it has crashed, and ends the input. */
async function run(job: JobDefinition, first: SimHost, loss: "power loss" | "kill" = "power loss"): Promise<Outcome> {
  const harness = startHarness(job, { host: first });
  const recorded: RecordedBatch[] = [];
  let crashes = 0;
  const survive = async (mode: RunMode | undefined): Promise<void> => {
    recorded.push(...(await (mode === undefined ? harness.settle() : harness.finish())));
    for (; harness.failure !== undefined; crashes++) {
      if (crashes > 3) throw harness.failure;
      recorded.push(...(await harness.restart({ loss, ...(mode === undefined ? {} : { mode }) })));
    }
  };
  let id = 0;
  for (const rows of steps) {
    harness.add("events", rows.map(([k, v, second]) => ({ id: id++, k, v, at: second === null ? null : new Date(Date.UTC(2024, 0, 1) + second * 1000).toISOString() })));
    await survive(undefined);
  }
  await harness.stop();
  const state = keptState(harness.host, "/checkpoints/out");
  harness.queues.handle("events").close();
  harness.start("drain");
  await survive("drain");
  recorded.push(...(await harness.finish()));
  const done = recorded.filter(({ failed }) => failed === undefined);
  const batches = Object.fromEntries(done.map(({ id: batch, rows, watermark, inputRows }) => [batch, { rows: rows.map(({ kind, json }) => `${kind} ${json}`).sort(), watermark, inputRows }]));
  return { batches, files: linesIn(harness, "/out").toSorted(), late: linesIn(harness, "/late"), state, reached: first.reached, crashes };
}

/** The lines of a file sink's folder as a reader by pattern sees them, batch by batch. */
function linesIn(harness: Harness, folder: string): readonly string[] {
  const { fs } = harness.host;
  const batchOf = (name: string): number => Number(name.split("-")[1]);
  const parts = (fs.list(folder) ?? []).filter((name) => name.startsWith("part-")).sort((a, b) => batchOf(a) - batchOf(b));
  return parts.flatMap((name) => (fs.text(`${folder}/${name}`) ?? "").split("\n").filter((line) => line !== ""));
}

type Crash = readonly [point: string, occurrence: number, loss: "power loss" | "kill"];

/** Each point the first time, in the middle of the run, and the last time. */
function crashesOf(reached: readonly string[]): readonly Crash[] {
  const counts = new Map<string, number>();
  for (const point of reached) counts.set(point, (counts.get(point) ?? 0) + 1);
  return [...counts].flatMap(([point, count]): readonly Crash[] => [[point, 1, "power loss"], [point, (count + 1) >> 1, "kill"], ...(count > 1 ? [[point, count, "power loss"] as const] : [])]);
}

it.each(Object.entries(queries))("%s: a crash at any fault point changes neither output nor state", async (_name, query) => {
  const job = loadJob(compileText(`${head}sink out = ${query}`, { optimize: true }));
  const { reached, ...straight } = await run(job, new SimHost());
  expect(Object.keys(straight.batches).length).toBeGreaterThan(steps.length);
  expect(straight.state.length).toBeGreaterThan(0);
  for (const [point, occurrence, loss] of crashesOf(reached)) {
    const host = new SimHost();
    host.crashAt(point, occurrence);
    const { reached: _reached, ...crashed } = await run(job, host, loss);
    expect(crashed, `${point} ${occurrence}, ${loss}`).toEqual({ ...straight, crashes: 1 });
  }
});
