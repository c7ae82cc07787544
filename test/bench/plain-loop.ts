import type { Bids } from "./bids.ts";

/** A bid as `JSON.parse` gives it. */
export interface PlainBid {
  readonly auction: number;
  readonly bidder: number;
  readonly price: number;
  readonly channel: string;
  readonly url: string;
  readonly dateTime: string;
  readonly extra: string;
}

/** The program that one would write without Sluice: lines, `JSON.parse`, a function for each object. */
export function eachBid(bids: Bids, use: (bid: PlainBid) => void): void {
  for (const chunk of bids.chunks) {
    for (let at = 0; at < chunk.length; ) {
      const end = chunk.indexOf(10, at);
      use(JSON.parse(chunk.toString("utf8", at, end)) as PlainBid);
      at = end + 1;
    }
  }
}

/** What a checksum takes of a string. */
export function textSum(text: string): number {
  return text.length + text.charCodeAt(0);
}

/** Counts by key, in the end a checksum of keys and counts. */
export function countBy<Key extends number | string>(bids: Bids, keyOf: (bid: PlainBid) => Key, sumOf: (key: Key) => number): number {
  const counts = new Map<Key, number>();
  eachBid(bids, (bid) => {
    const key = keyOf(bid);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  });
  let sum = 0;
  for (const [key, count] of counts) sum += sumOf(key) * count;
  return sum;
}
