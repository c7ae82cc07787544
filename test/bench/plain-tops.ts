import type { NexmarkBatch } from "./nexmark-events.ts";
import { NullFile } from "./null-file.ts";
import { eachRecord, type PlainNexmarkBid } from "./plain-nexmark.ts";

/** q18: the last bid of each bidder for each auction; after each batch those that changed. */
export function plainLastBids(batches: readonly NexmarkBatch[]): NullFile {
  const file = new NullFile();
  const bidders = new Map<number, Map<number, PlainNexmarkBid>>();
  for (const batch of batches) {
    const changed = new Map<number, Set<number>>();
    eachRecord<PlainNexmarkBid>(batch.bids, (bid) => {
      const { auction, bidder } = bid;
      let auctions = bidders.get(bidder);
      if (auctions === undefined) bidders.set(bidder, (auctions = new Map()));
      const last = auctions.get(auction);
      // ISO texts are in the order of their times.
      if (last !== undefined && (bid.dateTime < last.dateTime || (bid.dateTime === last.dateTime && compareContent(bid, last) >= 0))) return;
      auctions.set(auction, bid);
      let ofBidder = changed.get(bidder);
      if (ofBidder === undefined) changed.set(bidder, (ofBidder = new Set()));
      ofBidder.add(auction);
    });
    for (const [bidder, ofBidder] of changed) {
      for (const auction of ofBidder) {
        const bid = bidders.get(bidder)?.get(auction);
        if (bid !== undefined) file.writeText(`${JSON.stringify(bid)}\n`, bid.price);
      }
    }
  }
  file.flush();
  return file;
}

const most = 10;

/** q19: the ten highest bids of each auction with their places; after each batch the places that changed. */
export function plainHighestBids(batches: readonly NexmarkBatch[]): NullFile {
  const file = new NullFile();
  const auctions = new Map<number, PlainNexmarkBid[]>();
  for (const batch of batches) {
    const before = new Map<number, readonly PlainNexmarkBid[]>();
    eachRecord<PlainNexmarkBid>(batch.bids, (bid) => {
      const { auction } = bid;
      let highest = auctions.get(auction);
      if (highest === undefined) auctions.set(auction, (highest = []));
      let at = highest.length;
      for (let above = highest[at - 1]; above !== undefined && isBefore(bid, above); above = highest[at - 1]) at--;
      if (at === most) return;
      if (!before.has(auction)) before.set(auction, [...highest]);
      highest.splice(at, 0, bid);
      if (highest.length > most) highest.pop();
    });
    for (const [auction, last] of before) {
      auctions.get(auction)?.forEach((bid, at) => {
        if (bid !== last[at]) file.writeText(`${JSON.stringify({ ...bid, rank_number: at + 1 })}\n`, bid.price + at + 1);
      });
    }
  }
  file.flush();
  return file;
}

function isBefore(one: PlainNexmarkBid, other: PlainNexmarkBid): boolean {
  return one.price > other.price || (one.price === other.price && compareContent(one, other) < 0);
}

/** The order of bids of one auction that are equal in what is asked for: column by column. */
function compareContent(one: PlainNexmarkBid, other: PlainNexmarkBid): number {
  return (
    one.bidder - other.bidder ||
    one.price - other.price ||
    compareTexts(one.channel, other.channel) ||
    compareTexts(one.url, other.url) ||
    compareTexts(one.dateTime, other.dateTime) ||
    compareTexts(one.extra, other.extra)
  );
}

function compareTexts(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
