import { deviates } from "../json/deviates.ts";

/** The start of the next line, if a line end stands at `at`, behind the last field. */
export function endOfCsvRecord(bytes: Uint8Array, at: number): number {
  if (bytes[at] === 10) return at + 1;
  return bytes[at] === 13 && bytes[at + 1] === 10 ? at + 2 : deviates;
}
