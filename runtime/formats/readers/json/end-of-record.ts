import { deviates } from "./deviates.ts";

/** The start of the next line, if a record's last brace and a line end stand at `at`. */
export function endOfRecord(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== 125) return deviates;
  if (bytes[at + 1] === 10) return at + 2;
  return bytes[at + 1] === 13 && bytes[at + 2] === 10 ? at + 3 : deviates;
}
