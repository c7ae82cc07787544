import { readCheckpointFile } from "../../runtime/checkpoint/durable-file.ts";
import { decodeCommits } from "../../runtime/checkpoint/log-codec.ts";
import { readMetadata } from "../../runtime/checkpoint/metadata.ts";
import { joinPath, logNumber } from "../../runtime/checkpoint/paths.ts";
import type { Host } from "../../runtime/host/host.ts";
import type { StatefulOperator } from "../../runtime/operators/stateful.ts";
import { loadChain } from "../../runtime/state/load-chain.ts";

/**
 * The state that a query's checkpoint holds after its newest committed batch: `operator key value` in hexadecimal, sorted. Partitions
 * are left out: each checkpoint spreads keys by a seed of its own.
 */
export function keptState(host: Host, directory: string): readonly string[] {
  const newest = Math.max(...(host.fs.list(joinPath(directory, "commits")) ?? []).flatMap((name) => logNumber(name) ?? []));
  const queryId = readMetadata(host, directory)?.queryId;
  const file = readCheckpointFile(host, joinPath(directory, "commits", newest), directory, { kind: "commits", queryId, batch: newest });
  if (queryId === undefined || file === undefined) throw new Error(`${directory} has no committed batch`);
  const entries: string[] = [];
  for (const chain of decodeCommits(file.payload).state.chains) {
    loadChain({ host, directory, queryId }, chain, new Entries(chain.operatorId, (entry) => void entries.push(entry)));
  }
  return entries.sort();
}

/** Stands in for an operator of any kind and hands on the entries that it is restored from. */
class Entries implements StatefulOperator {
  readonly descriptor;
  readonly rows = 0;
  readonly #use: (entry: string) => void;

  constructor(operatorId: string, use: (entry: string) => void) {
    this.descriptor = { operatorId, key: [], value: [] };
    this.#use = use;
  }

  restore(_partition: number, key: Uint8Array, value: Uint8Array): void {
    this.#use([this.descriptor.operatorId, Buffer.from(key).toString("hex"), Buffer.from(value).toString("hex")].join(" "));
  }

  changes(): readonly [] {
    return [];
  }

  entries(): readonly [] {
    return [];
  }

  clear(): void {}
}
