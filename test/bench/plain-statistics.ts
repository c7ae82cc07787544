import type { NexmarkBatch } from "./nexmark-events.ts";
import { NullFile } from "./null-file.ts";
import { eachRecord, type PlainNexmarkBid } from "./plain-nexmark.ts";

/** Counts over all bids (0) and by level of price (1 to 3). */
class Statistics {
  readonly bids: [number, number, number, number] = [0, 0, 0, 0];
  readonly bidders: readonly Set<number>[] = [new Set(), new Set(), new Set(), new Set()];
  readonly auctions: readonly Set<number>[] = [new Set(), new Set(), new Set(), new Set()];
  minute = "";

  add({ auction, bidder, price }: PlainNexmarkBid): void {
    const rank = price < 10_000 ? 1 : price < 1_000_000 ? 2 : 3;
    this.bids[0]++;
    this.bids[rank]++;
    this.bidders[0]?.add(bidder);
    this.bidders[rank]?.add(bidder);
    this.auctions[0]?.add(auction);
    this.auctions[rank]?.add(auction);
  }

  get counts(): object {
    const { bids, bidders, auctions } = this;
    return {
      total_bids: bids[0], rank1_bids: bids[1], rank2_bids: bids[2], rank3_bids: bids[3],
      total_bidders: bidders[0]?.size, rank1_bidders: bidders[1]?.size, rank2_bidders: bidders[2]?.size, rank3_bidders: bidders[3]?.size,
      total_auctions: auctions[0]?.size, rank1_auctions: auctions[1]?.size, rank2_auctions: auctions[2]?.size, rank3_auctions: auctions[3]?.size,
    };
  }
}

/** q15: a set for each count of a day; after each batch the days that changed. */
export function plainStatistics(batches: readonly NexmarkBatch[]): NullFile {
  const file = new NullFile();
  const days = new Map<string, Statistics>();
  for (const batch of batches) {
    const changed = new Map<string, Statistics>();
    eachRecord<PlainNexmarkBid>(batch.bids, (bid) => {
      const day = bid.dateTime.slice(0, 10);
      let statistics = days.get(day);
      if (statistics === undefined) days.set(day, (statistics = new Statistics()));
      statistics.add(bid);
      changed.set(day, statistics);
    });
    for (const [day, statistics] of changed) file.writeText(`${JSON.stringify({ day, ...statistics.counts })}\n`, statistics.bids[0]);
  }
  file.flush();
  return file;
}

/** q16: the same by channel and day, with the last minute. */
export function plainChannelStatistics(batches: readonly NexmarkBatch[]): NullFile {
  const file = new NullFile();
  const days = new Map<string, Map<string, Statistics>>();
  for (const batch of batches) {
    const changed = new Map<Statistics, { readonly channel: string; readonly day: string }>();
    eachRecord<PlainNexmarkBid>(batch.bids, (bid) => {
      const { channel, dateTime } = bid;
      const day = dateTime.slice(0, 10);
      let channels = days.get(day);
      if (channels === undefined) days.set(day, (channels = new Map()));
      let statistics = channels.get(channel);
      if (statistics === undefined) channels.set(channel, (statistics = new Statistics()));
      const minute = dateTime.slice(11, 16);
      if (minute > statistics.minute) statistics.minute = minute;
      statistics.add(bid);
      if (!changed.has(statistics)) changed.set(statistics, { channel, day });
    });
    for (const [statistics, { channel, day }] of changed) file.writeText(`${JSON.stringify({ channel, day, minute: statistics.minute, ...statistics.counts })}\n`, statistics.bids[0]);
  }
  file.flush();
  return file;
}
