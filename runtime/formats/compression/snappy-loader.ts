import { nativeLibrary } from "./native-library.ts";
import { toBuffer } from "./to-buffer.ts";

interface Snappy {
  compress(bytes: Uint8Array): Uint8Array;
  uncompress(bytes: Uint8Array): Uint8Array;
}

/** The library `snappy`, loaded when it is first needed: it is native code. */
export class SnappyLoader {
  static #snappy: Promise<Snappy> | undefined;

  static loaded(): Promise<Snappy> {
    this.#snappy ??= nativeLibrary("snappy", import("snappy")).then(({ compressSync, uncompressSync }) => ({
      compress: (bytes: Uint8Array) => compressSync(toBuffer(bytes)),
      uncompress: (bytes: Uint8Array) => {
        const out = uncompressSync(toBuffer(bytes), { asBuffer: true });
        if (typeof out === "string") throw new Error("snappy gave text");
        return out;
      },
    }));
    return this.#snappy;
  }
}
