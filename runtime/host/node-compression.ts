import { pipeline, Readable, type Duplex } from "node:stream";
import * as zlib from "node:zlib";
import type { Compression } from "./host.ts";

/** Node's own compression. Zstandard came with Node 22.15 and 23.8. */
export const nodeCompression: Compression = {
  decompress(kind, pieces) {
    const stream = kind === "gzip" ? zlib.createGunzip() : zstdStream();
    return stream === undefined ? undefined : through(pieces, stream);
  },
  gzip: (bytes) => zlib.gzipSync(bytes),
};

function zstdStream(): Duplex | undefined {
  const create: unknown = Reflect.get(zlib, "createZstdDecompress");
  return typeof create === "function" ? (Reflect.apply(create, zlib, []) as Duplex) : undefined;
}

/** An error of either side ends the other and reaches the reader; a reader that stops early ends both. */
async function* through(pieces: AsyncIterable<Uint8Array>, stream: Duplex): AsyncGenerator<Uint8Array, void, undefined> {
  pipeline(Readable.from(pieces, { objectMode: true, highWaterMark: 1 }), stream, () => {});
  for await (const piece of stream) if (piece instanceof Uint8Array) yield piece;
}
