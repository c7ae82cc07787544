import { moduleOf } from "./module-of.ts";
import { toBuffer } from "./to-buffer.ts";

interface GzipCodec {
  compress(encoder: { readonly buffer: Uint8Array }): Promise<Uint8Array>;
  decompress(bytes: Uint8Array): Promise<Uint8Array>;
}

const codec = (): Promise<GzipCodec> => moduleOf("kafkajs/src/protocol/message/compression/gzip.js").then((gzip) => gzip as GzipCodec);

export async function gzipped(bytes: Uint8Array): Promise<Uint8Array> {
  return (await codec()).compress({ buffer: toBuffer(bytes) });
}

export async function gunzipped(bytes: Uint8Array): Promise<Uint8Array> {
  return (await codec()).decompress(toBuffer(bytes));
}
