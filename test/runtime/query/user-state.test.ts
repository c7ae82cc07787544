import { expect, it } from "vitest";
import type { QueueRow } from "../../../runtime/connectors/queue/encode-rows.ts";
import { minutes, seconds, type GroupState, type JobDefinition, type Timers, type ValueState } from "../../../runtime/index.ts";
import type { UserType } from "../../../runtime/user/value-codec.ts";
import { startHarness, type Harness } from "../../../runtime/testing/harness.ts";
import type { RecordedBatch } from "../../../runtime/testing/batch-recorder.ts";
import { type HandMadeRow, handMadeJob, rowsOf } from "./hand-made-job.ts";

interface Visits {
  readonly count: number;
}

/** Rows of a key are counted until none has come for a while; then the count is given. */
function visits(key: string, rows: readonly HandMadeRow[], state: GroupState<Visits>): HandMadeRow | undefined {
  const count = (state.get()?.count ?? 0) + rows.length;
  if (!state.hasTimedOut) return void state.update({ count });
  state.remove();
  return { k: key, n: count };
}

function visitsJob(by: "event time" | "processing time", type: UserType = { fields: { count: "number" } }): JobDefinition {
  return handMadeJob(["a"], {
    build(context) {
      const watermark = context.watermark("a/watermark", seconds(10));
      const states = context.groupState("out/state", { function: "visits", key: { k: "string" }, keyOf: ({ k }) => k, state: type, timeout: { after: minutes(1), by }, underWatermark: true, call: visits });
      return {
        reads: {
          a: (batch) => {
            for (const [row] of rowsOf(batch)) {
              const { t = null, k = "" } = row;
              watermark.observe(t);
              if (!states.isLate(t)) states.add([k], row, t);
            }
          },
        },
        finish() {
          for (const row of states.run()) context.output.insert(row);
        },
      };
    },
  });
}

const at = (second: number, k: string): { readonly t: number; readonly k: string } => ({ t: second * 1_000_000, k });
const crashes = ["offsets.durable", "batch.rows-read", "state-delta.synced", "sinks.committed", "commits.written"];

/** A harness that gathers what the sink took: of a batch that was run again the last. */
class Gathering {
  readonly harness: Harness;
  readonly #batches = new Map<number, RecordedBatch>();

  constructor(job: JobDefinition) {
    this.harness = startHarness(job);
  }

  async step(...rows: readonly QueueRow[]): Promise<void> {
    this.#take(await this.harness.step({ a: rows }));
  }

  async advance(milliseconds: number): Promise<void> {
    await this.harness.advance(milliseconds);
    this.#take(await this.harness.settle());
  }

  async restart(mode?: "drain"): Promise<void> {
    this.#take(await this.harness.restart(mode === undefined ? {} : { mode }));
    if (mode === "drain") this.#take(await this.harness.finish());
  }

  get results(): readonly unknown[] {
    return [...this.#batches.values()].flatMap(({ rows }) => rows.map(({ row }) => row));
  }

  #take(batches: readonly RecordedBatch[]): void {
    for (const batch of batches) this.#batches.set(batch.id, batch);
  }
}

it("times out by event time in a batch without data, the same when that batch is run again", async () => {
  for (const point of [undefined, ...crashes]) {
    const run = new Gathering(visitsJob("event time"));
    await run.step(at(100, "x"), at(101, "x"), at(100, "y"));
    if (point !== undefined) run.harness.crashAt(point, 1);
    await run.step(at(130, "y"));
    if (point !== undefined) await run.restart();
    await run.step(at(175, "z"));
    await run.restart();
    expect(run.results, point).toEqual([{ k: "x", n: 2 }]);
    await run.step(at(201, "z"), at(164, "late"));
    expect(run.results, point).toEqual([{ k: "x", n: 2 }, { k: "y", n: 2 }]);
    await run.restart("drain");
    expect(run.results.slice(2), point).toEqual([{ k: "z", n: 2 }]);
  }
});

it("wakes up when a timeout by processing time is due, also one of before a restart", async () => {
  const run = new Gathering(visitsJob("processing time"));
  await run.step(at(100, "x"));
  await run.advance(30_000);
  await run.step(at(100, "y"));
  await run.restart();
  await run.advance(29_999);
  expect(run.results).toEqual([]);
  await run.advance(2);
  expect(run.results).toEqual([{ k: "x", n: 1 }]);
  await run.advance(30_000);
  expect(run.results).toEqual([{ k: "x", n: 1 }, { k: "y", n: 1 }]);
  expect(run.harness.query.lastProgress?.stateOperators[0]).toMatchObject({ numRowsTotal: 0, numRowsRemoved: 1 });
  await run.harness.stop();
});

it("times out by processing time when the input is at its end, the same when that batch is run again", async () => {
  for (const point of [undefined, ...crashes]) {
    const run = new Gathering(visitsJob("processing time"));
    await run.step(at(100, "x"), at(101, "x"));
    await run.harness.stop();
    if (point !== undefined) run.harness.crashAt(point, 1);
    await run.restart("drain");
    if (point !== undefined) await run.restart("drain");
    expect(run.results, point).toEqual([{ k: "x", n: 2 }]);
  }
});

it("refuses a checkpoint whose states have another shape", async () => {
  const before = startHarness(visitsJob("event time"));
  await before.step({ a: [at(100, "x")] });
  await before.stop();
  const changed = startHarness(visitsJob("event time", { fields: { count: "number", last: "Date?" } }), { host: before.host, queues: before.queues });
  await changed.finish();
  expect(changed.failure).toMatchObject({ code: "R7404" });
});

it("keeps a changing table of states, shown again after a restart, that begins with those of a table", async () => {
  const job = handMadeJob(["a", "initial"], {
    mode: "update",
    tables: ["initial"],
    key: ["k"],
    columns: [{ name: "k", type: "string", nullable: false }, { name: "n", type: "double", nullable: false }],
    build(context) {
      const totals = context.updateState("out/state", {
        function: "total", key: { k: "string" }, state: "number", initial: true,
        call: (rows: readonly HandMadeRow[], previous: number | undefined) => {
          const sum = rows.reduce((sum, { n = 0 }) => sum + n, previous ?? 0);
          return sum === 0 ? undefined : sum;
        },
        rowOf: ({ k }, n) => ({ k, n }),
      });
      return {
        reads: {
          initial: (batch) => {
            for (const [{ k = "", n = 0 }] of rowsOf(batch)) totals.addInitial([k], n);
          },
          a: (batch) => {
            for (const [row] of rowsOf(batch)) totals.add([row.k ?? ""], row);
          },
        },
        finish() {
          totals.run();
          for (const { row, weight } of totals.shown()) context.output.change(weight, row);
        },
      };
    },
  });
  for (const point of [undefined, ...crashes]) {
    const harness = startHarness(job);
    harness.add("initial", [{ k: "i", n: 5 }, { k: "x", n: 1 }]);
    if (point !== undefined) harness.crashAt(point, 1);
    await harness.step({ a: [{ k: "x", n: 2 }] });
    if (point !== undefined) await harness.restart();
    await harness.step({ a: [{ k: "i", n: -5 }, { k: "y", n: 7 }] });
    await harness.restart();
    expect((await harness.sql("SELECT k, n FROM out ORDER BY k")).rows, point).toEqual([["x", 3], ["y", 7]]);
    await harness.stop();
  }
});

it("runs timers of named states across restarts", async () => {
  interface Counting {
    readonly count: ValueState<number>;
    readonly timers: Timers;
  }
  const job = handMadeJob(["a"], {
    build(context) {
      const watermark = context.watermark("a/watermark", 0);
      const counts = context.keyedProcess("out/state", {
        function: "counting", key: { k: "string" }, keyOf: ({ k }) => k, underWatermark: true, states: { count: { value: "number" }, timers: "timers" },
        *call(k: string, rows: readonly HandMadeRow[], { count, timers }: Counting) {
          const now = (count.get() ?? 0) + rows.length;
          count.set(now);
          for (const { t } of rows) if (typeof t === "number") timers.atEventTime(new Date(t / 1000 + 1000));
          if (timers.fired !== undefined) yield { k, n: now, t: timers.fired.getTime() };
          if (timers.fired !== undefined && timers.pending.length === 0) count.clear();
        },
      });
      return {
        reads: {
          a: (batch) => {
            for (const [row] of rowsOf(batch)) {
              watermark.observe(row.t ?? null);
              if (!counts.isLate(row.t ?? null)) counts.add([row.k ?? ""], row);
            }
          },
        },
        finish() {
          for (const row of counts.run()) context.output.insert(row);
        },
      };
    },
  });
  const run = new Gathering(job);
  await run.step(at(1, "x"), at(2, "x"), at(1, "y"));
  await run.restart();
  await run.step(at(3, "z"));
  await run.restart();
  expect(run.results).toEqual([{ k: "x", n: 2, t: 2000 }, { k: "y", n: 1, t: 2000 }]);
  await run.step(at(9, "z"));
  expect(run.results.slice(2)).toEqual([{ k: "x", n: 2, t: 3000 }, { k: "z", n: 2, t: 4000 }]);
  expect(run.harness.query.lastProgress?.stateOperators[0]).toMatchObject({ numRowsTotal: 1 });
  await run.harness.stop();
});

it("ends `available now` though a function sets a passed timer again and again: what was due when it began fires once", async () => {
  interface Beating {
    readonly timers: Timers;
  }
  let calls = 0;
  const job = handMadeJob(["a"], {
    build(context) {
      const beats = context.keyedProcess("out/state", {
        function: "beats", key: { k: "string" }, keyOf: ({ k }) => k, states: { timers: "timers" },
        call(k: string, rows: readonly HandMadeRow[], { timers }: Beating) {
          if (++calls > 20) throw new Error("called again and again");
          const { fired, processingTime } = timers;
          timers.atProcessingTime(fired === undefined ? new Date(processingTime.getTime() + 1000) : fired);
          return fired === undefined ? undefined : { k, n: rows.length };
        },
      });
      return {
        reads: {
          a: (batch) => {
            for (const [row] of rowsOf(batch)) beats.add([row.k ?? ""], row);
          },
        },
        finish() {
          for (const row of beats.run()) context.output.insert(row);
        },
      };
    },
  });
  const harness = startHarness(job, { mode: "available now" });
  harness.add("a", [{ k: "x" }]);
  await harness.finish();
  await harness.advance(5000);
  for (let run = 0; run < 2; run++) {
    harness.start("available now");
    const ran = await harness.finish();
    expect(harness.failure).toBeUndefined();
    expect(ran.map(({ rows }) => rows.map(({ row }) => row))).toEqual([[{ k: "x", n: 0 }]]);
  }
});
