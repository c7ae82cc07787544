import { promisify } from "node:util";
import * as zlib from "node:zlib";

const gzip = promisify<Uint8Array, Uint8Array>(zlib.gzip);

/** Bytes compressed by gzip, outside the thread of the job. */
export function nodeGzip(bytes: Uint8Array): Promise<Uint8Array> {
  return gzip(bytes);
}
