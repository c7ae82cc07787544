import fc from "fast-check";
import { expect, it } from "vitest";
import { QueueRegistry } from "../../runtime/connectors/queue.ts";
import { capturedResult } from "../../runtime/query/capture-reader.ts";
import type { JobDefinition } from "../../runtime/query/definition.ts";
import { startHarness, type RecordedBatch } from "../../runtime/testing/index.ts";
import { compileText, loadJob } from "../support/load-job.ts";

/** The delay of the watermark and the slides of the windows; milliseconds. */
const delay = 60_000;
const slides = 120_000;
const epoch = Date.UTC(2024, 0, 1);

const head = `
  schema Event { id: int, k: string, v: int, at: timestamp }
  source events: Event from queue()
  stream timed = events |> watermark at delay 1 minute late drop
  stream minutely = timed |> aggregate count() as n, sum(v) as total group by k, tumbling(at, 1 minute)
`;

/** Pipelines in append mode. */
const pipelines: Readonly<Record<string, string>> = {
  tumbling: "minutely",
  "tumbling with an offset": "timed |> aggregate min(v) as least, avg(v) as mean group by tumbling(at, 1 minute, offset 10 seconds)",
  "sliding by a divisor": "timed |> aggregate count() as n, max(v) as most group by k, sliding(at, 2 minutes, every 40 seconds)",
  "sliding across panes": "timed |> aggregate count() as n, sum(v) as total group by k, sliding(at, 90 seconds, every 40 seconds)",
  "sliding with gaps between": "timed |> aggregate count() as n group by sliding(at, 40 seconds, every 40 seconds)",
  "raw time": "timed |> aggregate count() as n group by at, k",
  session: "timed |> aggregate count() as n, sum(v) as total group by k, session(at, gap 30 seconds)",
  "session with a gap a row": "timed |> extend (id % 5) * 10 as gap |> aggregate count() as n group by k, session(at, gap: gap * 1 second)",
  "dedup by time": "timed |> dedup by k, at |> select k, at",
  "window over windows": "minutely |> aggregate max(n) as most, sum(total) as total group by tumbling(window, 2 minutes)",
  "window over sessions": "timed |> aggregate count() as n group by k, session(at, gap 30 seconds) |> aggregate sum(n) as n, count() as sessions group by tumbling(window, 2 minutes)",
  "dedup, then windows": "timed |> dedup by id, at |> aggregate count() as n group by tumbling(at, 1 minute)",
};

const jobs = new Map(Object.entries(pipelines).map(([name, pipeline]) => [name, jobOf(pipeline, "append")]));

function jobOf(pipeline: string, mode: string): JobDefinition {
  return loadJob(compileText(`${head}sink out = ${pipeline} into memory() mode ${mode}`, { optimize: true }));
}

interface Event {
  readonly id: number;
  readonly k: string;
  readonly v: number;
  /** Milliseconds. */
  readonly at: number;
}

/** Rows that come into one batch, and whether the query is started anew before them. */
interface Step {
  readonly rows: readonly Event[];
  readonly restart: boolean;
}

/** Steps of a stream whose events come out of order by less than the delay. */
const steps: fc.Arbitrary<readonly Step[]> = fc
  .array(
    fc.record({
      restart: fc.boolean(),
      rows: fc.array(
        fc.record({ k: fc.constantFrom("a", "b", "c"), v: fc.integer({ min: -3, max: 9 }), advance: fc.oneof(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 90 })), back: fc.integer({ min: 0, max: delay / 1000 - 1 }) }),
        { maxLength: 8 },
      ),
    }),
    { minLength: 1, maxLength: 7 },
  )
  .map((drafts) => {
    let newest = epoch + delay;
    let id = 0;
    return drafts.map(({ restart, rows }) => ({
      restart,
      rows: rows.map(({ k, v, advance, back }) => {
        newest += advance * 1000;
        return { id: id++, k, v, at: newest - back * 1000 };
      }),
    }));
  });

/** Hands the steps in one by one, and ends the input. */
async function streamed(job: JobDefinition, given: readonly Step[]): Promise<readonly RecordedBatch[]> {
  const harness = startHarness(job);
  const batches: RecordedBatch[] = [];
  for (const { rows, restart } of given) {
    if (restart) batches.push(...(await harness.restart()));
    batches.push(...(await harness.step({ events: rows.map(encoded) })));
  }
  harness.queues.handle("events").close();
  batches.push(...(await harness.restart({ mode: "drain" })), ...(await harness.finish()));
  if (harness.failure !== undefined) throw harness.failure;
  return batches;
}

async function bounded(job: JobDefinition, given: readonly Step[]): Promise<readonly RecordedBatch[]> {
  const queues = new QueueRegistry();
  queues.handle("events").add(given.flatMap(({ rows }) => rows.map(encoded)));
  queues.handle("events").close();
  const harness = startHarness(job, { mode: "batch", checkpoint: null, queues });
  const batches = await harness.finish();
  if (harness.failure !== undefined) throw harness.failure;
  return batches;
}

function encoded(event: Event): Readonly<Record<string, string | number>> {
  return { ...event, at: new Date(event.at).toISOString() };
}

function rowsOf(batches: readonly RecordedBatch[]): readonly string[] {
  return batches.flatMap(({ rows }) => rows.map(({ json }) => json)).sort();
}

/** What each batch gave, rows in no order. */
function byBatch(batches: readonly RecordedBatch[]): readonly (readonly string[])[] {
  return batches.map((batch) => rowsOf([batch]));
}

it.each([...jobs])("%s: drained after any splits and restarts, it gives what --batch gives", async (_name, job) => {
  await fc.assert(
    fc.asyncProperty(steps, async (given) => {
      expect(rowsOf(await streamed(job, given))).toEqual(rowsOf(await bounded(job, given)));
    }),
    { numRuns: 18 },
  );
});

it("dedup within a time drains to what --batch gives where a key's rows lie within it", async () => {
  const job = jobOf("timed |> dedup by k within watermark |> select k, id", "append");
  const other = jobOf("timed |> dedup by k within 1 minute |> select k, id", "append");
  await fc.assert(
    fc.asyncProperty(steps, async (given) => {
      // A key is good for half a minute, so that its rows are never further apart.
      const keyed = given.map((step) => ({ ...step, rows: step.rows.map((row) => ({ ...row, k: `${row.k} ${Math.floor(row.at / 30_000)}` })) }));
      for (const dedup of [job, other]) expect(rowsOf(await streamed(dedup, keyed))).toEqual(rowsOf(await bounded(dedup, keyed)));
    }),
    { numRuns: 20 },
  );
});

it.each([...jobs])("%s: all times shifted by slides shift the result, batch by batch", async (_name, job) => {
  await fc.assert(
    fc.asyncProperty(steps, fc.integer({ min: 1, max: 400 }), async (given, times) => {
      const shift = times * slides * 3;
      const later = given.map((step) => ({ ...step, rows: step.rows.map((row) => ({ ...row, at: row.at + shift })) }));
      const shifted = byBatch(await streamed(job, given)).map((rows) => rows.map((row) => shiftedTimes(row, shift)).sort());
      expect(byBatch(await streamed(job, later))).toEqual(shifted);
    }),
    { numRuns: 7 },
  );
});

function shiftedTimes(row: string, shift: number): string {
  return row.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, (time) => new Date(Date.parse(time) + shift).toISOString());
}

it.each([...jobs])("%s: the order of rows within a batch changes nothing", async (_name, job) => {
  await fc.assert(
    fc.asyncProperty(steps, fc.infiniteStream(fc.nat()), async (given, numbers) => {
      const permuted = given.map((step) => ({ ...step, rows: step.rows.map((row) => ({ row, rank: numbers.next().value ?? 0 })).sort((a, b) => a.rank - b.rank).map(({ row }) => row) }));
      expect(byBatch(await streamed(job, permuted))).toEqual(byBatch(await streamed(job, given)));
    }),
    { numRuns: 7 },
  );
});

it.each(["tumbling", "sliding by a divisor", "sliding across panes", "raw time"])("%s: the last row of each key in update is its row in complete", async (name) => {
  const pipeline = pipelines[name] ?? "";
  const [update, complete] = [jobOf(pipeline, "update"), jobOf(pipeline, "complete")];
  await fc.assert(
    fc.asyncProperty(steps, async (given) => {
      const key = update.queries[0]?.outputs[0]?.key;
      const last = capturedResult(captured(await streamed(update, given)), "update", key);
      expect([...last].sort()).toEqual(rowsOf((await streamed(complete, given)).slice(-1)));
    }),
    { numRuns: 15 },
  );
});

function captured(batches: readonly RecordedBatch[]): Parameters<typeof capturedResult>[0] {
  return batches.map(({ id, attempt, rows }) => ({ query: "out", batch: id, attempt, rows, end: undefined }));
}
