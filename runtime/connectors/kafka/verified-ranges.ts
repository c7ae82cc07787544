import type { Host } from "../../host/host.ts";
import type { BrokerPositions } from "./broker-positions.ts";
import { partitionWords, type DataLoss } from "./data-loss.ts";
import { partitionOf } from "./partition-offsets.ts";
import type { OffsetRange } from "./split-ranges.ts";

const attempts = 3;
const interval = 500;

/**
 * The ranges of a batch that is run again, as far as they are there: what was planned by another run may be gone, and who waits for an offset that
 * does not come waits for ever.
 */
export async function verifiedRanges(
  ranges: readonly OffsetRange[],
  { host, positions, loss, signal }: { readonly host: Host; readonly positions: BrokerPositions; readonly loss: DataLoss; readonly signal: AbortSignal },
): Promise<readonly OffsetRange[]> {
  const partitions = ranges.map(({ key }) => partitionOf(key));
  let ends = await positions.latest(partitions);
  for (let attempt = 1; attempt <= attempts && !signal.aborted && ranges.some(({ key, until }) => (ends.get(key) ?? 0) < until); attempt++) {
    await host.timers.sleep(interval, signal);
    ends = await positions.latest(partitions);
  }
  signal.throwIfAborted();
  return ranges.flatMap((range) => {
    const { key, from, until } = range;
    const end = ends.get(key);
    if (end !== undefined && end >= until) return [range];
    const rest = end === undefined ? from : Math.max(from, end);
    loss.report(end === undefined ? "it is gone" : `the offsets from ${rest} to ${until - 1} are gone`, partitionWords(partitionOf(key)));
    return rest > from ? [{ ...range, until: rest }] : [];
  });
}
