import type { OffsetsEntry } from "../checkpoint/log-entries.ts";
import type { Host } from "../host/host.ts";
import type { StateVersion } from "../state/state-version.ts";
import type { BatchContext } from "./batch-context.ts";
import type { EventClock } from "./event-clock.ts";
import { ownersOf, type OpenedRead } from "./open-sources.ts";
import type { OperatorCounts } from "./operator-counts.ts";
import type { ProgressMeter } from "./progress-meter.ts";
import type { QueryOutputs } from "./query-outputs.ts";
import { isEnd } from "./query-position.ts";
import type { QueryStore } from "./query-store.ts";
import type { SideOutputs } from "./side-outputs.ts";

/** What takes part in the commit of a batch. */
export interface CommitParts {
  readonly host: Host;
  readonly store: QueryStore;
  readonly clock: EventClock;
  readonly meter: ProgressMeter;
  readonly outputs: QueryOutputs<never>;
  readonly sides: SideOutputs;
  readonly reads: readonly OpenedRead[];
}

/** Commits a batch that has run: the watermark, the state, the sinks, `commits/N`, the sources. Gives the version of the state. */
export async function commitBatch(parts: CommitParts, entry: OffsetsEntry, batch: BatchContext, counts: readonly OperatorCounts[]): Promise<StateVersion> {
  const { clock, host, meter, reads, store } = parts;
  clock.endBatch(entry.evictWatermark, host.clock.monotonic());
  const state = meter.commitState(() => store.commitState(entry.batchId));
  const sinkFiles = await meter.time("addBatch", () => commitSinks(parts, batch, counts));
  meter.timeSync("commitOffsets", () =>
    store.writeCommits({
      batchId: entry.batchId,
      watermark: clock.watermark,
      inputWatermarks: clock.inputs,
      state,
      sinkFiles,
      ...(isEnd(entry) ? { drained: true as const } : {}),
    }),
  );
  for (const { name, stream } of ownersOf(reads)) {
    const to = entry.offsets[name];
    if (stream !== undefined && to !== undefined && to !== null) stream.commit(to, entry.batchId);
  }
  return state;
}

/** Makes what the batch wrote durable, then visible, in every sink. Gives the names of the files that it made. */
export async function commitSinks({ clock, host, meter, outputs, sides, store }: CommitParts, batch: BatchContext, counts: readonly OperatorCounts[]): Promise<readonly string[]> {
  host.fault("sinks.before-prepare");
  const files = [...(await outputs.prepare(batch)), ...(await sides.prepare(batch))];
  host.fault("sinks.prepared");
  store.ensureCurrent();
  const { rows, malformed } = meter.counts;
  const late = counts.reduce((sum, operator) => sum + operator.late, 0);
  outputs.conclude({ batch, watermark: clock.exists ? batch.evictWatermark : null, inputRows: rows, late, malformed });
  await outputs.commit(batch);
  await sides.commit(batch);
  host.fault("sinks.committed");
  return files;
}
