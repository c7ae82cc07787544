import { pipeline, Readable, type Duplex } from "node:stream";
import * as zlib from "node:zlib";
import type { Compression } from "./host.ts";

/** Node's own compression. Zstandard came with Node 22.15 and 23.8. */
export const nodeCompression: Compression = {
  decompress(kind, pieces) {
    if (kind === "gzip") return gunzip(pieces);
    const stream = zstdStream();
    return stream === undefined ? undefined : through(pieces, stream);
  },
  gzip: (bytes) => zlib.gzipSync(bytes),
  deflate: (bytes) => zlib.deflateRawSync(bytes),
  inflate: (bytes, most) => zlib.inflateRawSync(bytes, { maxOutputLength: most }),
};

function zstdStream(): Duplex | undefined {
  const create: unknown = Reflect.get(zlib, "createZstdDecompress");
  return typeof create === "function" ? (Reflect.apply(create, zlib, []) as Duplex) : undefined;
}

/**
 * All members of an archive. Zeros behind one are padding, at which zlib ends and leaves the rest unread; an archive that goes on behind
 * them (a file that was appended to when the power went) is damaged, not at its end.
 */
async function* gunzip(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const stream = zlib.createGunzip();
  const input = pieces[Symbol.asyncIterator]();
  let total = 0;
  let lastByte = -1;
  const next = async (): Promise<IteratorResult<Uint8Array, unknown>> => {
    const result = await input.next();
    if (result.done !== true) {
      const last = result.value.findLastIndex((byte) => byte !== 0);
      if (last >= 0) lastByte = total + last;
      total += result.value.length;
    }
    return result;
  };
  try {
    yield* through({ [Symbol.asyncIterator]: () => ({ next }) }, stream);
    while ((await next()).done !== true) {
      // What zlib did not ask for is looked at as well.
    }
    if (stream.bytesWritten <= lastByte) throw Object.assign(new Error("the archive goes on behind zero bytes"), { code: "Z_DATA_ERROR" });
  } finally {
    await input.return?.();
  }
}

/** An error of either side ends the other and reaches the reader; a reader that stops early ends both. */
async function* through(pieces: AsyncIterable<Uint8Array>, stream: Duplex): AsyncGenerator<Uint8Array, void, undefined> {
  pipeline(Readable.from(pieces, { objectMode: true, highWaterMark: 1 }), stream, () => {});
  for await (const piece of stream) if (piece instanceof Uint8Array) yield piece;
}
