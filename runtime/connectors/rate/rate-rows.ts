import type { Chunk } from "../../formats/column-batch.ts";
import { JsonWriter } from "../../formats/json-writer.ts";
import { chunkBytes } from "../buffer-ring.ts";

/** Rows with the numbers from `first` on. */
export interface RateRange {
  readonly first: bigint;
  readonly count: number;
  /** Every nth row comes together: first those at 0, n, 2n …, then those at 1, n + 1 … */
  readonly partitions: number;
  /** Microseconds since the epoch, by a row's place in the range. */
  readonly timeOf: (at: number) => number;
}

/** The rows of a range as lines of JSON, `{"timestamp":…,"value":…}`. */
export function* rateRows({ first, count, partitions, timeOf }: RateRange): Generator<Chunk, void, undefined> {
  const out = new JsonWriter();
  const isSafe = first + BigInt(count) <= BigInt(Number.MAX_SAFE_INTEGER);
  const base = Number(first);
  let offset = 0;
  const chunk = (): Chunk => {
    const bytes = out.view().slice();
    out.reset();
    offset += bytes.length;
    return { bytes, start: 0, end: bytes.length, origin: `rate, from value ${first}`, offset: offset - bytes.length };
  };
  for (let partition = 0; partition < Math.min(partitions, count); partition++) {
    for (let at = partition; at < count; at += partitions) {
      out.raw('{"timestamp":');
      out.timestamp(timeOf(at));
      out.raw(',"value":');
      out.long(isSafe ? base + at : first + BigInt(at));
      out.raw("}\n");
      if (out.length >= chunkBytes) yield chunk();
    }
  }
  if (out.length > 0) yield chunk();
}
