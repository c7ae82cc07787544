import { moduleOf } from "./module-of.ts";

interface Zstd {
  init(): Promise<void>;
  compress(bytes: Uint8Array, level: number): Uint8Array;
  decompress(bytes: Uint8Array, options: { readonly defaultHeapSize: number }): Uint8Array;
}

/** What Java's client takes unless told otherwise. */
const level = 3;
/** No batch of messages is larger once it is decompressed. */
const mostBytes = 1 << 30;

let loaded: Promise<Zstd> | undefined;

function zstd(): Promise<Zstd> {
  loaded ??= moduleOf("@bokuweb/zstd-wasm").then(async (module) => {
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

/** Frames that do not say their size (Java streams them) are tried with more and more room. */
export async function fromZstd(bytes: Uint8Array): Promise<Uint8Array> {
  const library = await zstd();
  for (let room = Math.max(1 << 20, bytes.length * 8); ; room *= 4) {
    try {
      return library.decompress(bytes, { defaultHeapSize: Math.min(room, mostBytes) });
    } catch (error) {
      if (room >= mostBytes || saysSize(bytes)) throw error;
    }
  }
}

/** Whether the head of the frame has the size of its content (RFC 8878, 3.1.1.1.1). */
function saysSize(bytes: Uint8Array): boolean {
  const descriptor = bytes[4] ?? 0;
  return descriptor >>> 6 !== 0 || (descriptor & 0x20) !== 0;
}
