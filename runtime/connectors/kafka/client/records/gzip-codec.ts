/// <reference path="../kafkajs/kafkajs-parts.d.ts" />
import { moduleOf } from "../../../../formats/compression/module-of.ts";
import { toBuffer } from "../../../../formats/compression/to-buffer.ts";
import { TooLong } from "../../../../formats/compression/too-long.ts";
import { nodeGunzip } from "../../../../host/node-gunzip.ts";

interface GzipCodec {
  compress(encoder: { readonly buffer: Uint8Array }): Promise<Uint8Array>;
}

const codec = (): Promise<GzipCodec> => moduleOf(import("kafkajs/src/protocol/message/compression/gzip.js")).then((gzip) => gzip as GzipCodec);

export async function gzipped(bytes: Uint8Array): Promise<Uint8Array> {
  return (await codec()).compress({ buffer: toBuffer(bytes) });
}

/** The content, which has `most` bytes at most (`TooLong`). */
export async function gunzipped(bytes: Uint8Array, most: number): Promise<Uint8Array> {
  try {
    return await nodeGunzip(bytes, most);
  } catch (error) {
    throw error instanceof Error && "code" in error && error.code === "ERR_BUFFER_TOO_LARGE" ? new TooLong(most) : error;
  }
}
