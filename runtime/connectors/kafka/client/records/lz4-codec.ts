import { toBuffer } from "./to-buffer.ts";

/** LZ4 frames, as Kafka takes them since its version 0.11. */
export async function toLz4(bytes: Uint8Array): Promise<Uint8Array> {
  const { compressFrameSync } = await import("lz4-napi");
  return compressFrameSync(toBuffer(bytes));
}

export async function fromLz4(bytes: Uint8Array): Promise<Uint8Array> {
  const { decompressFrameSync } = await import("lz4-napi");
  return decompressFrameSync(toBuffer(bytes));
}
