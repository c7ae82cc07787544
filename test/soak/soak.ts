import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { QueueRow } from "../../runtime/connectors/queue/encode-rows.ts";
import { QueueRegistry, startHarness } from "../../runtime/testing/index.ts";
import { compileText, loadJob } from "../support/load-job.ts";

/** What was in memory after some of the batches. */
export interface SoakSample {
  readonly batch: number;
  /** Rows of state by operator. */
  readonly rows: Readonly<Record<string, number>>;
  /** Bytes that the operators say they hold. */
  readonly stateBytes: number;
  /** Bytes of heap and of buffers outside it, after a collection. */
  readonly heapBytes: number;
}

/** Every operator that goes by event time, over keys that never come again, and results that change, of few keys whose rows come and go. */
const job = `
  option sinks = "together"
  option statePartitions = 1
  schema Event { id: long, k: string, v: int, at: timestamp }
  source events: Event from queue()
  stream timed = events |> watermark at delay 1 minute late drop
  stream minutely = timed |> aggregate count() as n, sum(v) as total, collect_list(v) as all group by k, tumbling(at, 1 minute)
  sink tumbling = minutely into discard()
  sink over_windows = minutely |> aggregate sum(n) as n group by tumbling(window, 5 minutes) into discard()
  sink sliding = timed |> aggregate count() as n, max(v) as most group by k, sliding(at, 90 seconds, every 40 seconds) into discard()
  sink sessions = timed |> aggregate count() as n group by k, session(at, gap 30 seconds) into discard()
  sink dedup_by_time = timed |> dedup by k, at into discard()
  sink dedup_within = timed |> dedup by id within watermark into discard()
  source replies: { to: string, v: int, at: timestamp } from queue()
  stream answers = replies |> watermark at delay 1 minute late drop
  stream most = minutely |> aggregate max(n) as most group by window_start, window_end
  sink join_in_update = timed |> join full answers on timed.k = answers.to and answers.at between timed.at and timed.at + 1 minute |> select id, answers.v as v into discard() mode update
  sink hot_in_update = minutely as a |> join most as b on a.window_start = b.window_start and a.window_end = b.window_end and a.n >= b.most |> select a.k, a.n into discard() mode update
  sink top_of_windows = minutely |> top 2 by n desc, k per window_start, window_end into discard()
  sink top_in_update = timed |> top 2 as place by v desc, k per at into discard() mode update
  sink groups_of_groups = timed |> aggregate max(id) % 7 as left, count() % 5 as n group by v |> aggregate count() as values, max(left) as most, count(distinct left) as lefts group by n into discard() mode update
  sink without_key = minutely |> dedup by n, window_end |> select n, window_end into discard() mode update
  sink newest = timed |> join latest (replies |> top 1 by at desc per v) as r on timed.v = r.v |> select id, r.to as to into discard()
`;

const rowsPerBatch = 6;
/** Event time goes on by so much from one batch with rows to the next. */
const millisecondsPerStep = 10_000;

/** Runs batches one by one and tells what is in memory after each `every` of them. Between two with rows is one without, in which the watermark closes what it has passed. */
export async function soak(batches: number, every: number, use: (sample: SoakSample) => void): Promise<void> {
  const collect = collector();
  // Rows that were read are let go of, as in a program that runs for long.
  const harness = startHarness(loadJob(compileText(job, { optimize: true })), { queues: new QueueRegistry({ trim: true }) });
  let batch = 0;
  for (let step = 1; batch < batches; step++) {
    await harness.step(rowsOf(step));
    if (harness.failure !== undefined) throw harness.failure;
    // The machine notes every fault point that it passes.
    harness.host.reached.length = 0;
    const before = batch;
    batch = (harness.query.lastProgress?.batchId ?? 0) + 1;
    if (Math.floor(batch / every) === Math.floor(before / every)) continue;
    await collect();
    const operators = harness.query.lastProgress?.stateOperators ?? [];
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    use({
      batch,
      rows: Object.fromEntries(operators.map(({ operatorName, numRowsTotal }) => [operatorName, numRowsTotal])),
      stateBytes: operators.reduce((sum, { memoryUsedBytes }) => sum + memoryUsedBytes, 0),
      heapBytes: heapUsed + arrayBuffers,
    });
  }
  await harness.stop();
}

/** Replies come to most events, at once, a while after them, or too late to meet them. */
function rowsOf(step: number): Readonly<Record<string, readonly QueueRow[]>> {
  const at = (later: number): string => new Date(Date.UTC(2024, 0, 1) + step * millisecondsPerStep + later).toISOString();
  const events = Array.from({ length: rowsPerBatch }, (_, row) => ({ id: step * rowsPerBatch + row, k: `key ${step} ${row % 4}`, v: row, at: at(-row * 5000) }));
  const replies = events.slice(2).map(({ k, v }, row) => ({ to: k, v, at: at(-row * 5000 + 10_000 + (step % 3) * 30_000) }));
  return { events, replies };
}

/** Collects garbage now, and what that lets go of. Node shows its collector only to contexts made after the flag is set. */
function collector(): () => Promise<void> {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  return async () => {
    for (let time = 0; typeof collect === "function" && time < 3; time++) {
      collect();
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
}
