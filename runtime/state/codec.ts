import type { StateCodec } from "../operators/stateful.ts";
import { murmur3 } from "./murmur3.ts";
import { RowDecoder } from "./row-decoder.ts";
import { RowEncoder } from "./row-encoder.ts";

/** How keys are spread over partitions: frozen when a checkpoint is made. */
export interface Partitioning {
  readonly partitions: number;
  readonly hash: { readonly name: "murmur3-32"; readonly seed: number };
}

/** The version of the rows that `createStateCodec` writes, kept in the checkpoint. */
export const rowCodecVersion = 1;

/** The codec of a checkpoint, or of a run without one (any seed will do there). */
export function createStateCodec(partitioning: Partitioning): StateCodec {
  const { partitions, hash } = partitioning;
  return {
    partitions,
    writer: () => new RowEncoder(),
    reader: (bytes) => new RowDecoder(bytes),
    partitionOf: (key) => murmur3(key, hash.seed) % partitions,
  };
}
