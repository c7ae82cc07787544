import { type Bids, makeBids } from "./bids.ts";
import { comparisonsOfNexmark } from "./comparisons-of-nexmark.ts";
import { csvOf, eachCsvBid } from "./csv-bids.ts";
import { bidsReader, eachBatch, loadBidsJob, runBids, runWindowedBids, type BidColumns } from "./emitted-bids.ts";
import type { Comparison } from "./measure.ts";
import type { NullFile } from "./null-file.ts";
import { countBy, eachBid, textSum, type PlainBid } from "./plain-loop.ts";
import { plainSessions, plainWindows, type WindowedRun } from "./plain-windows.ts";

/** Microseconds within an hour: times are compared in a number that both sides hold exactly. */
const span = 3_600_000_000;

/** What the plain loop sums up of each column. */
const plainSums: { readonly [Column in keyof PlainBid]: (bid: PlainBid) => number } = {
  auction: (bid) => bid.auction,
  bidder: (bid) => bid.bidder,
  price: (bid) => bid.price,
  channel: (bid) => textSum(bid.channel),
  url: (bid) => textSum(bid.url),
  dateTime: (bid) => (Date.parse(bid.dateTime) * 1000) % span,
  extra: (bid) => textSum(bid.extra),
};

const one = (bid: PlainBid): number => plainSums.price(bid);
const three = (bid: PlainBid): number => plainSums.auction(bid) + plainSums.price(bid) + plainSums.channel(bid);
const all = (bid: PlainBid): number =>
  plainSums.auction(bid) + plainSums.bidder(bid) + plainSums.price(bid) + plainSums.channel(bid) + plainSums.url(bid) + plainSums.dateTime(bid) + plainSums.extra(bid);

/** What the emitted readers' columns sum up to, batch by batch. */
const emittedSums = {
  one(columns: BidColumns, length: number): number {
    const { price } = columns;
    let sum = 0;
    for (let row = 0; row < length; row++) sum += Number(price.get(row));
    return sum;
  },
  three(columns: BidColumns, length: number): number {
    const { auction, price, channel } = columns;
    let sum = 0;
    for (let row = 0; row < length; row++) sum += Number(auction.get(row)) + Number(price.get(row)) + channel.byteLength(row) + channel.firstByte(row);
    return sum;
  },
  all(columns: BidColumns, length: number): number {
    const { auction, bidder, price, channel, url, dateTime, extra } = columns;
    let sum = 0;
    for (let row = 0; row < length; row++) {
      sum += Number(auction.get(row)) + Number(bidder.get(row)) + Number(price.get(row)) + ((dateTime[row] ?? 0) % span);
      sum += channel.byteLength(row) + channel.firstByte(row) + url.byteLength(row) + url.firstByte(row) + extra.byteLength(row) + extra.firstByte(row);
    }
    return sum;
  },
};

type MakeBids = (rows: number) => Bids;

const inOrder: MakeBids = (rows) => makeBids(rows, false);
const inTime: MakeBids = (rows) => makeBids(rows, false, 2);
const asCsv: MakeBids = (rows) => csvOf(inOrder(rows));
const shuffled: MakeBids = (rows) => makeBids(rows, true);

const minute = 60_000;

/** A batch has some 20,000 bids. */
const windowedRun: WindowedRun = { delay: 4000, chunksPerBatch: 100 };

/** All that is compared. */
export const comparisons: readonly Comparison[] = [
  reading("read 1 of 7 columns", 4.5, inOrder, "select price", one, emittedSums.one),
  reading("read 3 of 7 columns", 3.5, inOrder, "select auction, price, channel", three, emittedSums.three),
  reading("read all 7 columns", 3, inOrder, "select *", all, emittedSums.all),
  counting("count by an integer", 4, "auction", (bids) => countBy(bids, (bid) => bid.auction, (key) => key), Number),
  counting("count by a string", 3.5, "channel", (bids) => countBy(bids, (bid) => bid.channel, textSum), (key) => textSum(String(key))),
  windowed("tumbling count and sum, 1 minute", 2.5, "auction, tumbling(dateTime, 1 minute)", (bids) => plainWindows(bids, { size: minute, slide: minute }, windowedRun)),
  windowed("sliding count and sum, 5 by 1 minutes", 4, "auction, sliding(dateTime, 5 minutes, every 1 minute)", (bids) => plainWindows(bids, { size: 5 * minute, slide: minute }, windowedRun)),
  windowed("session count and sum, gap 10 seconds", 2, "bidder, session(dateTime, gap 10 seconds)", (bids) => plainSessions(bids, 10_000, windowedRun)),
  // Against a loop over `split(",")`.
  reading("csv, read 3 of 7 columns", 2, asCsv, "select auction, price, channel", three, emittedSums.three, "csv"),
  reading("csv, read all 7 columns", 2.5, asCsv, "select *", all, emittedSums.all, "csv"),
  // The worst case for a reader that speculates on the order of keys.
  reading("read all, keys reordered in every row", 0.9, shuffled, "select *", all, emittedSums.all),
  ...comparisonsOfNexmark,
];

function counting(name: string, goal: number, column: string, plain: (bids: Bids) => number, valueOf: (key: unknown) => number): Comparison {
  return {
    name,
    goal,
    plain: (rows) => {
      const bids = inOrder(rows);
      return () => plain(bids);
    },
    emitted: async (rows) => {
      const job = await loadBidsJob(`aggregate count() as hits group by ${column} as key into memory() mode complete`);
      const bids = inOrder(rows);
      return () => summed((use) => runBids(job, bids, ({ key, hits }) => use(valueOf(key) * Number(hits))));
    },
  };
}

/** Windows and sessions by event time, every one of them written as JSON. */
function windowed(name: string, goal: number, keys: string, plain: (bids: Bids) => NullFile): Comparison {
  return {
    name,
    goal,
    plain: (rows) => {
      const bids = inTime(rows);
      return () => plain(bids).checksum;
    },
    emitted: async (rows) => {
      const job = await loadBidsJob(`watermark dateTime delay 4 seconds late drop |> aggregate count() as hits, sum(price) as total group by ${keys} into discard()`);
      const bids = inTime(rows);
      return () => runWindowedBids(job, bids, windowedRun.chunksPerBatch).checksum;
    },
  };
}

function reading(
  name: string, goal: number, make: MakeBids, steps: string, plain: (bid: PlainBid) => number, emitted: (columns: BidColumns, length: number) => number, format: "json" | "csv" = "json",
): Comparison {
  const each = format === "json" ? eachBid : eachCsvBid;
  return {
    name,
    goal,
    plain: (rows) => {
      const bids = make(rows);
      return () => summed((use) => each(bids, (bid) => use(plain(bid))));
    },
    emitted: async (rows) => {
      const reader = bidsReader(await loadBidsJob(`${steps} into discard()`, format));
      const bids = make(rows);
      return () => summed((use) => eachBatch(reader, bids, (batch) => use(emitted(batch.columns, batch.length))));
    },
  };
}

function summed(run: (use: (value: number) => void) => void): number {
  let sum = 0;
  run((value) => {
    sum += value;
  });
  return sum;
}
