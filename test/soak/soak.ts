import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { startHarness } from "../../runtime/testing/index.ts";
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

/** Every operator that goes by event time, over keys that never come again. */
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
  sink raw_time = timed |> aggregate count() as n group by at into discard()
  sink sessions = timed |> aggregate count() as n group by k, session(at, gap 30 seconds) into discard()
  sink dedup_by_time = timed |> dedup by k, at into discard()
  sink dedup_within = timed |> dedup by id within watermark into discard()
`;

const rowsPerBatch = 6;
/** Milliseconds of event time that a batch is later than the one before. */
const step = 10_000;

/** Runs batches one by one and tells what is in memory after each `every` of them. */
export async function soak(batches: number, every: number, use: (sample: SoakSample) => void): Promise<void> {
  const collect = collector();
  const harness = startHarness(loadJob(compileText(job, { optimize: true })));
  for (let batch = 1; batch <= batches; batch++) {
    const rows = Array.from({ length: rowsPerBatch }, (_, row) => ({ id: batch * rowsPerBatch + row, k: `key ${batch} ${row % 4}`, v: row, at: new Date(Date.UTC(2024, 0, 1) + batch * step - row * 5000).toISOString() }));
    await harness.step({ events: rows });
    if (harness.failure !== undefined) throw harness.failure;
    // The machine notes every fault point that it passes.
    harness.host.reached.length = 0;
    if (batch % every !== 0) continue;
    collect();
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

/** Collects garbage now. Node shows its collector only to contexts made after the flag is set. */
function collector(): () => void {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  return typeof collect === "function" ? () => void collect() : () => {};
}
