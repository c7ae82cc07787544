import { reshardError } from "../errors/reshard-error.ts";
import type { Host } from "../host/host.ts";
import type { KeptOperator, StateCodec } from "../operators/stateful.ts";
import { owns, type Shard } from "../query/shard.ts";
import { loadChain } from "../state/load-chain.ts";
import { StatePayload } from "../state/state-payload.ts";
import type { OldSlice } from "./old-slice.ts";
import type { PartitionOfEntry } from "./row-owner.ts";

/** What a new slice has of one operator: payloads by partition of its own spread, and how many entries there are. */
export interface SpreadState {
  readonly payloads: ReadonlyMap<number, StatePayload>;
  readonly entries: number;
}

/** A slice that state goes into. */
interface Target {
  readonly shard: Shard | undefined;
  readonly codec: StateCodec;
}

class NewPart {
  readonly shard: Shard | undefined;
  readonly payloads = new Map<number, StatePayload>();
  entries = 0;
  readonly #codec: StateCodec;

  constructor({ shard, codec }: Target) {
    this.shard = shard;
    this.#codec = codec;
  }

  add(key: Uint8Array, value: Uint8Array): void {
    const partition = this.#codec.partitionOf(key);
    let payload = this.payloads.get(partition);
    if (payload === undefined) this.payloads.set(partition, (payload = new StatePayload()));
    payload.add(key, value);
    this.entries++;
  }
}

/**
 * Reads what old slices have of an operator and gives every entry to the new slice whose partitions its rows come in; entries that are about no key to all of them. Without `partitionOf`
 * there is one new slice. Gives a part for each of the targets.
 */
export function spreadState(host: Host, operator: KeptOperator, slices: readonly OldSlice[], targets: readonly Target[], partitionOf: PartitionOfEntry | undefined): readonly SpreadState[] {
  const parts = targets.map((target) => new NewPart(target));
  const shared = new Map<string, Uint8Array>();
  const { operatorId } = operator.descriptor;
  for (const slice of slices) {
    const place = { host, directory: slice.directory, queryId: slice.metadata.queryId };
    const take = (key: Uint8Array, value: Uint8Array): void => {
      const isShared = operator.keyColumns(key) === undefined;
      if (isShared && isKnown(shared, key, value, slice)) return;
      const partition = isShared ? undefined : partitionOf?.(operator, key);
      if (partition !== undefined && !owns(slice.shard, partition)) throw notItsOwn(operatorId, partition, slice);
      for (const part of parts) if (partition === undefined || owns(part.shard, partition)) part.add(key, value);
    };
    for (const chain of slice.newest?.commit.state.chains ?? []) {
      if (chain.operatorId === operatorId) loadChain(place, chain, { restore: (_, key, value) => take(key, value) });
    }
  }
  return parts;
}

/** Whether another slice had the entry; all must say the same. */
function isKnown(shared: Map<string, Uint8Array>, key: Uint8Array, value: Uint8Array, { directory }: OldSlice): boolean {
  const name = Buffer.from(key).toString("latin1");
  const before = shared.get(name);
  if (before === undefined) shared.set(name, value.slice());
  else if (Buffer.compare(before, value) !== 0) throw reshardError("differentSlices", "the slices do not stand at the same time, although they were brought there", directory, "stop whatever runs on them, and divide the checkpoint again");
  return before !== undefined;
}

function notItsOwn(operatorId: string, partition: number, { directory }: OldSlice): Error {
  return reshardError("ownedTwice", `the state of "${operatorId}" has a key of partition ${partition} in a slice that does not read it`, directory,
    "put the slices back from a backup, or begin anew: the messages of a topic that got more partitions, or was filled by another partitioner, have no one shard");
}
