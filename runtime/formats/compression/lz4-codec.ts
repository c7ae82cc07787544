import { lz4Length } from "./lz4-length.ts";
import { nativeLibrary } from "./native-library.ts";
import { toBuffer } from "./to-buffer.ts";
import { TooLong } from "./too-long.ts";

/** LZ4 frames, as Kafka takes them since its version 0.11. */
export async function toLz4(bytes: Uint8Array): Promise<Uint8Array> {
  const { compressFrameSync } = await nativeLibrary("lz4-napi", import("lz4-napi"));
  return compressFrameSync(toBuffer(bytes));
}

/** The content, which has `most` bytes at most (`TooLong`). */
export async function fromLz4(bytes: Uint8Array, most: number): Promise<Uint8Array> {
  if (lz4Length(bytes, most) > most) throw new TooLong(most);
  const { decompressFrameSync } = await nativeLibrary("lz4-napi", import("lz4-napi"));
  return decompressFrameSync(toBuffer(bytes));
}
