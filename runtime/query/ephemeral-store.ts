import { offsetsByRead } from "../checkpoint/offsets-by-read.ts";
import type { Host } from "../host/host.ts";
import { createStateCodec } from "../state/codec.ts";
import { emptyState } from "../state/state-version.ts";
import type { QueryStore } from "./query-store.ts";

/** Keeps nothing: for a bounded run, and for a query whose output does not outlive the process and that names no checkpoint. */
export function ephemeralStore(host: Host, statePartitions: number): QueryStore {
  return {
    id: host.uuid(),
    durable: false,
    incarnation: 1,
    codec: createStateCodec({ partitions: statePartitions, hash: { name: "murmur3-32", seed: 0 } }),
    recover: () => ({ kind: "new batch", batchId: 0, attempt: 1, start: offsetsByRead(), lateWatermark: 0, evictWatermark: 0, inputWatermarks: {}, base: emptyState, previous: undefined, drained: false }),
    sourceLog: () => undefined,
    loadState: () => undefined,
    writeOffsets: () => undefined,
    commitState: () => emptyState,
    ensureCurrent: () => undefined,
    writeCommits: () => undefined,
    close: () => undefined,
  };
}
