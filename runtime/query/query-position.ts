import type { OffsetsByRead, OffsetsEntry } from "../checkpoint/log-entries.ts";
import { offsetsByRead } from "../checkpoint/offsets-by-read.ts";
import type { Recovery } from "../checkpoint/recovery.ts";
import type { StateVersion } from "../state/state-version.ts";
import type { BatchContext } from "./batch-context.ts";

/** Where a query stands between two batches. */
export interface QueryPosition {
  readonly nextBatch: number;
  /** Where the next batch's records begin, by read. */
  readonly start: OffsetsByRead;
  /** Milliseconds: for the next batch (semantics W5). */
  readonly lateWatermark: number;
  readonly base: StateVersion;
  /** The input was ended by `--drain`. */
  readonly drained: boolean;
}

/** Where a query goes on. */
export function positionOf(recovery: Recovery): QueryPosition {
  const { batchId, start, lateWatermark, base } = recovery;
  return { nextBatch: batchId, start, lateWatermark, base, drained: recovery.kind === "new batch" && recovery.drained };
}

/** Where a query stands after a batch that left the state at `base`. */
export function positionAfter({ start }: QueryPosition, entry: OffsetsEntry, base: StateVersion): QueryPosition {
  return { nextBatch: entry.batchId + 1, start: offsetsByRead(start, entry.offsets), lateWatermark: entry.evictWatermark, base, drained: isEnd(entry) };
}

/** Whether a batch is the end of the input. Kept in the entry, so that an end that was cut off is the end again. */
export function isEnd(entry: OffsetsEntry): boolean {
  return entry.settings["end"] === true;
}

/** Whether a batch reads something new; one that does not only lets time pass. */
export function hasNews(entry: OffsetsEntry): boolean {
  return Object.entries(entry.offsets).some(([name, to]) => to !== (entry.start[name] ?? null));
}

/** A batch as it runs by its entry. */
export function contextOf(entry: OffsetsEntry, incarnation: number, attempt: number): BatchContext {
  const { batchId: id, lateWatermark, evictWatermark, timestampMs } = entry;
  return { id, lateWatermark, evictWatermark, timestamp: timestampMs * 1000, incarnation, attempt };
}
