import { OptionCheck } from "../option-check.ts";
import type { SourceConnector, SourceContext } from "../source.ts";
import { VolatileLog } from "../volatile-log.ts";
import { RateByBatch } from "./rate-by-batch.ts";
import { RateByClock } from "./rate-by-clock.ts";

export interface RateSourceOptions {
  /** 1 where it is not given. */
  readonly rowsPerSecond?: number | bigint;
  /** Microseconds in which the rate rises to its height; whole seconds count. */
  readonly rampUpTime?: number | bigint;
  /** Parts of a batch that come one after the other, each with every nth row; 1 where it is not given. */
  readonly numPartitions?: number | bigint;
  /** Rows of every batch, instead of rows by the clock. */
  readonly rowsPerBatch?: number | bigint;
  /** Microseconds since the epoch: the time of the rows of the first batch; the epoch where it is not given. */
  readonly startTimestamp?: number | bigint;
  /** Microseconds from one batch's time to the next's; a second where it is not given. */
  readonly advancePerBatch?: number | bigint;
}

const mostRows = Number.MAX_SAFE_INTEGER;
const mostPartitions = 100_000;

/** Rows `timestamp, value` for trying a job out. There is no end, so it cannot be read as a table. */
export function rateSource(options: RateSourceOptions = {}): SourceConnector {
  const check = new OptionCheck("source", "rate");
  const partitions = check.whole("numPartitions", options.numPartitions, 1, mostPartitions, 1);
  const rowsPerBatch = check.whole("rowsPerBatch", options.rowsPerBatch, 1, mostRows, undefined);
  const rowsPerSecond = check.whole("rowsPerSecond", options.rowsPerSecond, 1, mostRows, 1);
  const rampUpSeconds = Math.floor((check.duration("rampUpTime", options.rampUpTime, 0) ?? 0) / 1_000_000);
  const start = check.whole("startTimestamp", options.startTimestamp, Number.MIN_SAFE_INTEGER, mostRows, 0);
  const advance = check.duration("advancePerBatch", options.advancePerBatch, 0) ?? 1_000_000;
  return {
    name: "rate",
    async openStream({ host, log }: SourceContext) {
      if (rowsPerBatch !== undefined) return new RateByBatch({ rowsPerBatch, start, advance, partitions });
      return new RateByClock(host, log ?? new VolatileLog(), { rowsPerSecond, rampUpSeconds, partitions });
    },
  };
}
