import type { OffsetsEntry } from "../checkpoint/log-entries.ts";
import { ownersOf, type OpenedRead } from "./open-sources.ts";
import { operatorProgress, type OperatorCounts, type OperatorTimes } from "./operator-counts.ts";
import type { BatchFacts } from "./progress-meter.ts";

/** What a batch read and ran with; of a trigger that ran none, where the query stands. */
type BatchRange = Pick<OffsetsEntry, "batchId" | "start" | "offsets" | "evictWatermark">;

/** What stays the same from batch to batch. */
interface QueryFacts {
  readonly reads: readonly OpenedRead[];
  /** Whether tables are the query's input, and not only sides of joins. */
  readonly bounded: boolean;
  readonly hasWatermark: boolean;
  readonly statePartitions: number;
}

/** What the parts of the query counted. */
type BatchParts = Pick<BatchFacts, "statistics" | "sinks"> & { readonly counts: readonly OperatorCounts[]; readonly times: OperatorTimes };

/** Gathers what the progress of a trigger tells. */
export function batchFacts(query: QueryFacts, { batchId, start, offsets, evictWatermark }: BatchRange, { statistics, sinks, counts, times }: BatchParts): BatchFacts {
  return {
    batchId,
    watermark: query.hasWatermark ? evictWatermark : undefined,
    statistics,
    sinks,
    reads: ownersOf(query.reads).flatMap(({ name, stream, table }) => {
      const description = stream?.description ?? (query.bounded ? table?.description : undefined);
      return description === undefined ? [] : [{ name, description, startOffset: start[name] ?? undefined, endOffset: offsets[name] ?? undefined, metrics: stream?.metrics ?? {} }];
    }),
    operators: counts.map((each) => operatorProgress(each, times, query.statePartitions)),
  };
}
