import { promisify } from "node:util";
import * as zlib from "node:zlib";

const unzip = promisify<Uint8Array, zlib.ZlibOptions, Uint8Array>(zlib.unzip);

/** The content of gzip's (or zlib's) bytes, made outside the thread of the job. Fails with `ERR_BUFFER_TOO_LARGE` where it has more than `most` bytes. */
export function nodeGunzip(bytes: Uint8Array, most: number): Promise<Uint8Array> {
  return unzip(bytes, { maxOutputLength: most });
}
