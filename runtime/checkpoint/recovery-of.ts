import { offsetsByRead } from "./offsets-by-read.ts";
import { emptyState } from "../state/state-version.ts";
import type { InspectedLogs } from "./inspect-logs.ts";
import type { Recovery } from "./recovery.ts";

/**
 * Decides how a query goes on (semantics R2): the newest offsets without a commit are run again, with the attempt counted by the starts of
 * the engine since; else a new batch is planned from where the newest one ended.
 */
export function recoveryOf(logs: InspectedLogs, incarnation: number): Recovery {
  const newest = logs.offsets.at(-1);
  const commit = logs.commits.at(-1)?.entry;
  if (newest === undefined) {
    return { kind: "new batch", batchId: 0, attempt: 1, start: offsetsByRead(), lateWatermark: 0, evictWatermark: 0, inputWatermarks: {}, base: emptyState, previous: undefined, drained: false };
  }
  const { entry } = newest;
  const noted = commit === undefined || commit.sinkFiles.length === 0 ? {} : { sinkFiles: commit.sinkFiles };
  if (commit?.batchId !== entry.batchId) {
    const { batchId, start, lateWatermark, evictWatermark, inputWatermarks, base } = entry;
    return { kind: "replay", batchId, attempt: incarnation - newest.incarnation + 1, entry, previous: logs.offsets.at(-2)?.entry, start, lateWatermark, evictWatermark, inputWatermarks, base, ...noted };
  }
  return {
    kind: "new batch",
    batchId: entry.batchId + 1,
    attempt: 1,
    start: entry.offsets,
    lateWatermark: entry.evictWatermark,
    evictWatermark: Math.max(entry.evictWatermark, commit.watermark),
    inputWatermarks: commit.inputWatermarks,
    base: commit.state,
    previous: entry,
    drained: commit.drained === true,
    ...noted,
  };
}
