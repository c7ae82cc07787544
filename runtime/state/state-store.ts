import type { StateChange, StatefulOperator } from "../operators/stateful.ts";
import { makeCheckpointDirectory } from "../checkpoint/coded-io.ts";
import { writeCheckpointFile } from "../checkpoint/durable-file.ts";
import { joinPath } from "../checkpoint/paths.ts";
import { loadChain, type StateReadPlace } from "./load-chain.ts";
import { partitionFolder } from "./state-files.ts";
import { StatePayload } from "./state-payload.ts";
import { emptyState, isSnapshot, type StateChain, type StateFile, type StateVersion } from "./state-version.ts";

/** A partition that has more deltas than this gets a snapshot instead of the next one (as Spark's HDFSBackedStateStoreProvider). */
export const deltasBeforeSnapshot = 10;

/** Once one partition needs a snapshot, those of the same operator with this many deltas get theirs too: the state is walked once. */
const deltasBesideSnapshot = 5;

/** Where state is kept and for whom. */
export interface StatePlace extends StateReadPlace {
  readonly incarnation: number;
  readonly partitions: number;
  /** R7409 where another engine has taken over. */
  ensureCurrent(): void;
}

/**
 * The state of a query's operators on disk. Each batch makes one delta for every operator and partition that it changed, named
 * by version and incarnation, so no attempt ever overwrites what another made; a version is the list of its files, kept in the logs.
 */
export class StateStore {
  readonly #place: StatePlace;
  readonly #operators: readonly StatefulOperator[];
  #current: StateVersion = emptyState;

  constructor(place: StatePlace, operators: readonly StatefulOperator[]) {
    this.#place = place;
    this.#operators = operators;
    for (const { descriptor } of operators) {
      for (let partition = 0; partition < place.partitions; partition++) {
        makeCheckpointDirectory(place.host, partitionFolder(place.directory, descriptor.operatorId, partition));
      }
    }
  }

  /** What was loaded or committed last. */
  get version(): StateVersion {
    return this.#current;
  }

  /** Clears the operators and restores them from the files of a version; R7501 and R7502 name a file that is missing or damaged. */
  load(base: StateVersion): void {
    for (const operator of this.#operators) {
      operator.clear();
      for (const chain of base.chains) {
        if (chain.operatorId === operator.descriptor.operatorId) loadChain(this.#place, chain, operator);
      }
    }
    this.#current = base;
  }

  /** Takes what batch `batchId` changed from every operator and writes it durably: version `batchId + 1`, for `commits/N`. */
  commit(batchId: number): StateVersion {
    this.#place.ensureCurrent();
    const chains = this.#operators.flatMap((operator) => this.#commitOperator(operator, batchId));
    this.#current = { version: batchId + 1, chains };
    return this.#current;
  }

  #commitOperator(operator: StatefulOperator, batchId: number): readonly StateChain[] {
    const { operatorId } = operator.descriptor;
    const before = new Map(this.#current.chains.filter((chain) => chain.operatorId === operatorId).map((chain) => [chain.partition, chain.files]));
    const deltas = this.#payloads(operator.changes());
    const snapshots = this.#payloads(operator.entries(), partitionsToSnapshot(before, deltas));
    const chains: StateChain[] = [];
    for (let partition = 0; partition < this.#place.partitions; partition++) {
      const files = before.get(partition) ?? [];
      const snapshot = snapshots.get(partition);
      const delta = deltas.get(partition);
      if (snapshot !== undefined) {
        chains.push({ operatorId, partition, files: [this.#write(operatorId, partition, batchId, "snapshot", snapshot)] });
      } else if (delta !== undefined) {
        chains.push({ operatorId, partition, files: [...files, this.#write(operatorId, partition, batchId, "delta", delta)] });
      } else if (files.length > 0) {
        chains.push({ operatorId, partition, files });
      }
    }
    return chains;
  }

  /** Changes by partition; with `only`, a payload for each of those partitions and no other. */
  #payloads(changes: Iterable<StateChange>, only?: ReadonlySet<number>): ReadonlyMap<number, StatePayload> {
    const payloads = new Map<number, StatePayload>();
    if (only?.size === 0) return payloads;
    for (const partition of only ?? []) payloads.set(partition, new StatePayload());
    for (const { partition, key, value } of changes) {
      if (!(partition >= 0 && partition < this.#place.partitions)) throw new RangeError(`no such state partition: ${partition}`);
      if (only !== undefined && !only.has(partition)) continue;
      let payload = payloads.get(partition);
      if (payload === undefined) payloads.set(partition, (payload = new StatePayload()));
      payload.add(key, value);
    }
    return payloads;
  }

  #write(operatorId: string, partition: number, batchId: number, form: "delta" | "snapshot", payload: StatePayload): StateFile {
    const { host, directory, queryId, incarnation } = this.#place;
    const name = `${batchId + 1}-${incarnation}.${form}`;
    const path = joinPath(partitionFolder(directory, operatorId, partition), name);
    const header = { kind: `state ${form}`, queryId, incarnation, batch: batchId } as const;
    return { name, ...writeCheckpointFile(host, path, header, payload.take(), `state-${form}`) };
  }
}

function partitionsToSnapshot(before: ReadonlyMap<number, readonly StateFile[]>, changed: ReadonlyMap<number, StatePayload>): ReadonlySet<number> {
  const deltas = (partition: number): number => {
    const files = before.get(partition) ?? [];
    return files.filter((file) => !isSnapshot(file)).length + (changed.has(partition) ? 1 : 0);
  };
  const full = [...changed.keys()].filter((partition) => deltas(partition) > deltasBeforeSnapshot);
  if (full.length === 0) return new Set();
  return new Set([...before.keys(), ...full].filter((partition) => deltas(partition) >= deltasBesideSnapshot));
}
