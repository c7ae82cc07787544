import { moduleOf } from "./module-of.ts";
import { nativeLibrary } from "./native-library.ts";
import { TooLong } from "./too-long.ts";
import { zstdSize } from "./zstd-frames.ts";

interface Zstd {
  init(): Promise<void>;
  compress(bytes: Uint8Array, level: number): Uint8Array;
  decompress(bytes: Uint8Array, options: { readonly defaultHeapSize: number }): Uint8Array;
}

/** What Java's client takes unless told otherwise. */
const level = 3;

let loaded: Promise<Zstd> | undefined;

function zstd(): Promise<Zstd> {
  loaded ??= moduleOf(nativeLibrary("@bokuweb/zstd-wasm", import("@bokuweb/zstd-wasm"))).then(async (module) => {
    const library = module as Zstd;
    await library.init();
    return library;
  });
  return loaded;
}

export async function toZstd(bytes: Uint8Array): Promise<Uint8Array> {
  return (await zstd()).compress(bytes, level);
}

/** A compressor that answers at once, for whoever has waited for the library. */
export async function zstdCompressor(): Promise<(bytes: Uint8Array) => Uint8Array> {
  const library = await zstd();
  return (bytes) => library.compress(bytes, level);
}

/** The library's words for a content that has more bytes than there is room for. */
const noRoom = /-70$/;

/** The content, which has `most` bytes at most (`TooLong`). Frames that do not say their size (Java streams them) are tried with more and more room. */
export async function fromZstd(bytes: Uint8Array, most: number): Promise<Uint8Array> {
  const library = await zstd();
  const size = zstdSize(bytes);
  if (size.least > most) throw new TooLong(most, size.least);
  const mostRoom = Math.min(size.most, most);
  for (let room = size.isSaid ? mostRoom : Math.max(1 << 20, bytes.length * 8); ; room *= 4) {
    try {
      return library.decompress(bytes, { defaultHeapSize: Math.max(1, Math.min(room, mostRoom)) });
    } catch (error) {
      const isFull = error instanceof Error && noRoom.test(error.message);
      if (isFull && room >= mostRoom && mostRoom < size.most) throw new TooLong(most);
      if (!isFull || room >= mostRoom) throw error;
    }
  }
}
