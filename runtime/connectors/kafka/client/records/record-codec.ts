import { SluiceRuntimeError } from "../../../../errors/runtime-error.ts";
import type { Compression } from "../kafka-client.ts";
import { TooLong } from "../../../../formats/compression/too-long.ts";
import { batchTooLarge, corruptMessages } from "../kafka-errors.ts";
import { fromSnappy, toSnappy } from "./snappy-codec.ts";
import { nodeGzip } from "../../../../host/node-gzip.ts";
import { gunzipped } from "./gzip-codec.ts";
import { fromLz4, toLz4 } from "../../../../formats/compression/lz4-codec.ts";
import { fromZstd, toZstd } from "../../../../formats/compression/zstd-codec.ts";

/** How a batch's records are compressed, by the number in its attributes. */
export const compressionNames: readonly Compression[] = ["none", "gzip", "snappy", "lz4", "zstd"];

/** Bytes that a batch may have once it is decompressed: a few thousand times fewer can be compressed so that they become as many. */
export const largestBatch = 256 * 1024 * 1024;

type Codec = (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>;
type Decompressor = (bytes: Uint8Array, most: number) => Uint8Array | Promise<Uint8Array>;

const compressors: Readonly<Record<Compression, Codec>> = { none: (bytes) => bytes, gzip: nodeGzip, snappy: toSnappy, lz4: toLz4, zstd: toZstd };
const decompressors: Readonly<Record<Compression, Decompressor>> = { none: (bytes) => bytes, gzip: gunzipped, snappy: fromSnappy, lz4: fromLz4, zstd: fromZstd };

/** The bytes as a producer with this compression sends them; others than Sluice read them too. */
export function compress(compression: Compression, bytes: Uint8Array): Uint8Array | Promise<Uint8Array> {
  return compressors[compression](bytes);
}

/** The bytes of compressed records. Fails with R7708 where they are damaged, and with R7729 where they are more than `largestBatch`. */
export async function decompress(compression: Compression, bytes: Uint8Array, where: string): Promise<Uint8Array> {
  try {
    return await decompressors[compression](bytes, largestBatch);
  } catch (error) {
    if (error instanceof SluiceRuntimeError) throw error;
    if (error instanceof TooLong) throw batchTooLarge(where, compression, largestBatch);
    throw corruptMessages(where, `cannot be decompressed as ${compression}`, error);
  }
}
