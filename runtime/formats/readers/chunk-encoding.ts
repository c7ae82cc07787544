import { isUtf8 } from "node:buffer";

/**
 * The records that are being read, and whether they are valid UTF-8 once someone asked: most chunks are ASCII, which the readers of
 * values see for themselves. One chunk is read at a time: `read` is synchronous.
 */
let records: Uint8Array = new Uint8Array(0);
let verdict: boolean | undefined;

/** Takes up the records of a chunk. */
export function beginEncoding(bytes: Uint8Array): void {
  records = bytes;
  verdict = undefined;
}

/** Whether the whole chunk that is being read is valid UTF-8. */
export function chunkIsUtf8(): boolean {
  verdict ??= isUtf8(records);
  return verdict;
}
