import type { Bids } from "./bids.ts";
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

/** Reading 1, 3 and all columns, and grouped counts. */
export async function comparisonsInOrder(bids: Bids): Promise<readonly Comparison[]> {
  const byInteger = await loadBidsJob("aggregate count() as hits group by auction as key into memory() mode complete");
  const byText = await loadBidsJob("aggregate count() as hits group by channel as key into memory() mode complete");
  return [
    await reading("read 1 of 7 columns", 4.5, bids, "select price", one, emittedSums.one),
    await reading("read 3 of 7 columns", 3.5, bids, "select auction, price, channel", three, emittedSums.three),
    await reading("read all 7 columns", 3, bids, "select *", all, emittedSums.all),
    {
      name: "count by an integer",
      goal: 4,
      plain: () => countBy(bids, (bid) => bid.auction, (key) => key),
      emitted: () => summed((use) => runBids(byInteger, bids, ({ key, hits }) => use(Number(key) * Number(hits)))),
    },
    {
      name: "count by a string",
      goal: 3.5,
      plain: () => countBy(bids, (bid) => bid.channel, textSum),
      emitted: () => summed((use) => runBids(byText, bids, ({ key, hits }) => use(textSum(String(key)) * Number(hits)))),
    },
  ];
}

/** The worst case for a reader that speculates on the order of keys. */
export async function comparisonsShuffled(bids: Bids): Promise<readonly Comparison[]> {
  return [await reading("read all, keys reordered in every row", 0.9, bids, "select *", all, emittedSums.all)];
}

/** CSV against a loop over `split(",")`. */
export async function comparisonsOfCsv(bids: Bids): Promise<readonly Comparison[]> {
  const records = csvOf(bids);
  return [
    await reading("csv, read 3 of 7 columns", 2, records, "select auction, price, channel", three, emittedSums.three, "csv"),
    await reading("csv, read all 7 columns", 2.5, records, "select *", all, emittedSums.all, "csv"),
  ];
}

/** Windows and sessions by event time, every one of them written as JSON. */
export async function comparisonsOfWindows(bids: Bids): Promise<readonly Comparison[]> {
  const minute = 60_000;
  return [
    await windowed("tumbling count and sum, 1 minute", 2.5, bids, "auction, tumbling(dateTime, 1 minute)", (run) => plainWindows(bids, { size: minute, slide: minute }, run)),
    await windowed("sliding count and sum, 5 by 1 minutes", 4, bids, "auction, sliding(dateTime, 5 minutes, every 1 minute)", (run) => plainWindows(bids, { size: 5 * minute, slide: minute }, run)),
    await windowed("session count and sum, gap 10 seconds", 2, bids, "bidder, session(dateTime, gap 10 seconds)", (run) => plainSessions(bids, 10_000, run)),
  ];
}

/** A batch has some 20,000 bids. */
const windowedRun: WindowedRun = { delay: 4000, chunksPerBatch: 100 };

async function windowed(name: string, goal: number, bids: Bids, keys: string, plain: (run: WindowedRun) => NullFile): Promise<Comparison> {
  const job = await loadBidsJob(`watermark dateTime delay 4 seconds late drop |> aggregate count() as hits, sum(price) as total group by ${keys} into discard()`);
  return { name, goal, plain: () => plain(windowedRun).checksum, emitted: () => runWindowedBids(job, bids, windowedRun.chunksPerBatch).checksum };
}

async function reading(
  name: string, goal: number, bids: Bids, steps: string, plain: (bid: PlainBid) => number, emitted: (columns: BidColumns, length: number) => number, format: "json" | "csv" = "json",
): Promise<Comparison> {
  const reader = bidsReader(await loadBidsJob(`${steps} into discard()`, format));
  const each = format === "json" ? eachBid : eachCsvBid;
  return {
    name,
    goal,
    plain: () => summed((use) => each(bids, (bid) => use(plain(bid)))),
    emitted: () => summed((use) => eachBatch(reader, bids, (batch) => use(emitted(batch.columns, batch.length)))),
  };
}

function summed(run: (use: (value: number) => void) => void): number {
  let sum = 0;
  run((value) => {
    sum += value;
  });
  return sum;
}
