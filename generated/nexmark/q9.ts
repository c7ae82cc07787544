// Emitted from q9.sluice; change the job and run `sluice build`.
//
// Sink q9 [update] into memory
//   Top [onChange] 1 by price desc, bid_dateTime per id   state q9/top: keys × 1 row
//     Project id, itemName, description, initialBid, reserve, dateTime, expires, seller, category, extra, auction, bidder, price, dateTime as bid_dateTime, extra as bid_extra
//       Join inner on id = auction and dateTime >= dateTime and dateTime <= expires   state q9/join: left: A rows until expires + 4s; right: B rows for 4s of event time
//         Watermark dateTime − 4s, late drop
//           Source auctions: file, json, reads id, itemName, description, initialBid, reserve, dateTime, expires, seller, category, extra
//         Watermark dateTime − 4s, late drop
//           Source bids: file, json, reads auction, bidder, price, dateTime, extra
import {
  asap,
  ascending,
  type ColumnBatch,
  defineJob,
  defineQuery,
  descending,
  type JsonWriter,
  milliseconds,
  runMain,
  seconds,
  stringParam,
} from "../../runtime/index.ts";
import { fileSource } from "../../runtime/connectors/file.ts";
import { memorySink } from "../../runtime/connectors/memory.ts";
import { type AuctionsColumns, auctionsReader, type BidsColumns, bidsReader } from "./q9.reader.ts";

/** A row of q9. */
export interface Q9Row {
  readonly id: number | bigint;
  readonly itemName: string;
  readonly description: string;
  readonly initialBid: number | bigint;
  readonly reserve: number | bigint;
  readonly dateTime: number;
  readonly expires: number;
  readonly seller: number | bigint;
  readonly category: number | bigint;
  readonly extra: string;
  readonly auction: number | bigint;
  readonly bidder: number | bigint;
  readonly price: number | bigint;
  readonly bid_dateTime: number;
  readonly bid_extra: string;
}

function writeQ9(row: Q9Row, out: JsonWriter): void {
  out.raw('{"id":');
  out.long(row.id);
  out.raw(',"itemName":');
  out.text(row.itemName);
  out.raw(',"description":');
  out.text(row.description);
  out.raw(',"initialBid":');
  out.long(row.initialBid);
  out.raw(',"reserve":');
  out.long(row.reserve);
  out.raw(',"dateTime":');
  out.timestamp(row.dateTime);
  out.raw(',"expires":');
  out.timestamp(row.expires);
  out.raw(',"seller":');
  out.long(row.seller);
  out.raw(',"category":');
  out.long(row.category);
  out.raw(',"extra":');
  out.text(row.extra);
  out.raw(',"auction":');
  out.long(row.auction);
  out.raw(',"bidder":');
  out.long(row.bidder);
  out.raw(',"price":');
  out.long(row.price);
  out.raw(',"bid_dateTime":');
  out.timestamp(row.bid_dateTime);
  out.raw(',"bid_extra":');
  out.text(row.bid_extra);
  out.raw('}');
}

/** The query q9, line 34 of q9.sluice. */
export const q9 = defineQuery<Q9Row>({
  name: "q9",
  mode: "update",
  trigger: () => asap,
  reads: {
    auctions: {
      input: "auctions",
      bounded: false,
      connector: (params) => fileSource({ path: stringParam(params, "data") + "/auction", maxFilesPerTrigger: 1 }),
      format: "json",
      reader: auctionsReader,
      malformed: "fail",
    },
    bids: {
      input: "bids",
      bounded: false,
      connector: (params) => fileSource({ path: stringParam(params, "data") + "/bid", maxFilesPerTrigger: 1 }),
      format: "json",
      reader: bidsReader,
      malformed: "fail",
    },
  },
  sink: () => memorySink("q9"),
  needsCheckpoint: false,
  columns: [
    { name: "id", type: "long", nullable: false },
    { name: "itemName", type: "string", nullable: false },
    { name: "description", type: "string", nullable: false },
    { name: "initialBid", type: "long", nullable: false },
    { name: "reserve", type: "long", nullable: false },
    { name: "dateTime", type: "timestamp", nullable: false },
    { name: "expires", type: "timestamp", nullable: false },
    { name: "seller", type: "long", nullable: false },
    { name: "category", type: "long", nullable: false },
    { name: "extra", type: "string", nullable: false },
    { name: "auction", type: "long", nullable: false },
    { name: "bidder", type: "long", nullable: false },
    { name: "price", type: "long", nullable: false },
    { name: "bid_dateTime", type: "timestamp", nullable: false },
    { name: "bid_extra", type: "string", nullable: false },
  ],
  key: ["id"],
  encodeJson: writeQ9,
  plan: [
    "Sink q9 [update] into memory",
    "  Top [onChange] 1 by price desc, bid_dateTime per id   state q9/top: keys × 1 row",
    "    Project id, itemName, description, initialBid, reserve, dateTime, expires, seller, category, extra, auction, bidder, price, dateTime as bid_dateTime, extra as bid_extra",
    "      Join inner on id = auction and dateTime >= dateTime and dateTime \u003c= expires   state q9/join: left: A rows until expires + 4s; right: B rows for 4s of event time",
    "        Watermark dateTime − 4s, late drop",
    "          Source auctions: file, json, reads id, itemName, description, initialBid, reserve, dateTime, expires, seller, category, extra",
    "        Watermark dateTime − 4s, late drop",
    "          Source bids: file, json, reads auction, bidder, price, dateTime, extra",
  ].join("\n"),
  build(context) {
    const q9Join = context.streamJoin("q9/join", {
      kind: "inner",
      key: { id: "long" },
      left: {
        columns: {
          id: "long",
          itemName: "string",
          description: "string",
          initialBid: "long",
          reserve: "long",
          dateTime: "timestamp",
          expires: "timestamp",
          seller: "long",
          category: "long",
          extra: "string",
        },
        packed: true,
        keeps: { time: (row) => row.expires, offset: milliseconds(-1) },
      },
      right: {
        columns: { auction: "long", bidder: "long", price: "long", dateTime: "timestamp", extra: "string" },
        packed: true,
        keeps: { time: (row) => row.dateTime, offset: milliseconds(-1) },
      },
      residual: (left, right) => right.dateTime >= left.dateTime && right.dateTime <= left.expires,
    });
    const q9Top = context.top("q9/top", {
      count: 1,
      ties: false,
      ranked: false,
      per: { id: "long" },
      columns: {
        id: "long",
        itemName: "string",
        description: "string",
        initialBid: "long",
        reserve: "long",
        dateTime: "timestamp",
        expires: "timestamp",
        seller: "long",
        category: "long",
        extra: "string",
        auction: "long",
        bidder: "long",
        price: "long",
        bid_dateTime: "timestamp",
        bid_extra: "string",
      },
      by: [
        descending((row: { readonly price: number | bigint; readonly bid_dateTime: number }) => row.price, "long"),
        ascending((row: { readonly price: number | bigint; readonly bid_dateTime: number }) => row.bid_dateTime, "timestamp"),
      ],
      underWatermark: true,
      above: ["q9/join"],
    });
    const auctionWatermark = context.watermark("auction/watermark", seconds(4));
    const bidWatermark = context.watermark("bid/watermark", seconds(4));

    // auctions |> watermark |> join    line 31
    function processAuctions(batch: ColumnBatch<AuctionsColumns>): void {
      const { columns } = batch;
      const left = q9Join.leftFrom(columns);
      for (let row = 0; row < batch.length; row++) {
        const dateTime = columns.dateTime[row];
        auctionWatermark.observe(dateTime);
        if (q9Join.isLate(dateTime)) continue;
        left.add([columns.id.get(row)], row);
      }
    }

    // bids |> watermark |> join    line 32
    function processBids(batch: ColumnBatch<BidsColumns>): void {
      const { columns } = batch;
      const right = q9Join.rightFrom(columns);
      for (let row = 0; row < batch.length; row++) {
        const dateTime = columns.dateTime[row];
        bidWatermark.observe(dateTime);
        if (q9Join.isLate(dateTime)) continue;
        right.add([columns.auction.get(row)], row);
      }
    }

    function finish(): void {
      // q9/join |> select |> top    line 36
      for (const { left, right } of q9Join.take()) {
        const key = [left.id];
        if (!q9Top.admits(key, { price: right.price, bid_dateTime: right.dateTime })) continue;
        q9Top.add(key, {
          id: left.id,
          itemName: left.itemName,
          description: left.description,
          initialBid: left.initialBid,
          reserve: left.reserve,
          dateTime: left.dateTime,
          expires: left.expires,
          seller: left.seller,
          category: left.category,
          extra: left.extra,
          auction: right.auction,
          bidder: right.bidder,
          price: right.price,
          bid_dateTime: right.dateTime,
          bid_extra: right.extra,
        });
      }

      // q9/top |> into    line 38
      for (const { kind, row } of q9Top.upserts()) {
        context.output.write(kind, row);
      }
    }

    return { reads: { auctions: processAuctions, bids: processBids }, finish };
  },
});

/** All of the job. */
export const job = defineJob({
  name: "q9",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {
    data: { type: "string", default: () => ".sluice/nexmark" },
  },
  queries: [q9],
  sideOutputs: [],
});

await runMain(import.meta, job);
