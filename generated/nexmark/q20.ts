// Emitted from q20.sluice; change the job and run `sluice build`.
//
// Sink q20 [append] into memory
//   Project auction, bidder, price, channel, url, dateTime as bid_dateTime, extra as bid_extra, itemName, description, initialBid, reserve, dateTime as auction_dateTime, expires, seller, category, extra as auction_extra
//     Join inner on auction = id unbounded   state q20/join: left: B rows for ever; right: A rows for ever
//       Source bids: file, json, reads auction, bidder, price, channel, url, dateTime, extra
//       Source auctions: file, json, reads id, itemName, description, initialBid, reserve, dateTime, expires, seller, category, extra where category = 10
import {
  asap,
  type ColumnBatch,
  defineJob,
  defineQuery,
  type JsonWriter,
  runMain,
  stringParam,
  writePacked,
} from "../../runtime/index.ts";
import { fileSource } from "../../runtime/connectors/file.ts";
import { memorySink } from "../../runtime/connectors/memory.ts";
import { type AuctionsColumns, auctionsReader, type BidsColumns, bidsReader } from "./q20.reader.ts";

/** A row of q20. */
export interface Q20Row {
  readonly auction: number | bigint;
  readonly bidder: number | bigint;
  readonly price: number | bigint;
  readonly channel: string;
  readonly url: string;
  readonly bid_dateTime: number;
  readonly bid_extra: string;
  readonly itemName: string;
  readonly description: string;
  readonly initialBid: number | bigint;
  readonly reserve: number | bigint;
  readonly auction_dateTime: number;
  readonly expires: number;
  readonly seller: number | bigint;
  readonly category: number | bigint;
  readonly auction_extra: string;
}

function writeQ20(row: Q20Row, out: JsonWriter): void {
  if (writePacked(row, out)) return;
  out.raw('{"auction":');
  out.long(row.auction);
  out.raw(',"bidder":');
  out.long(row.bidder);
  out.raw(',"price":');
  out.long(row.price);
  out.raw(',"channel":');
  out.text(row.channel);
  out.raw(',"url":');
  out.text(row.url);
  out.raw(',"bid_dateTime":');
  out.timestamp(row.bid_dateTime);
  out.raw(',"bid_extra":');
  out.text(row.bid_extra);
  out.raw(',"itemName":');
  out.text(row.itemName);
  out.raw(',"description":');
  out.text(row.description);
  out.raw(',"initialBid":');
  out.long(row.initialBid);
  out.raw(',"reserve":');
  out.long(row.reserve);
  out.raw(',"auction_dateTime":');
  out.timestamp(row.auction_dateTime);
  out.raw(',"expires":');
  out.timestamp(row.expires);
  out.raw(',"seller":');
  out.long(row.seller);
  out.raw(',"category":');
  out.long(row.category);
  out.raw(',"auction_extra":');
  out.text(row.auction_extra);
  out.raw('}');
}

/** The query q20, line 32 of q20.sluice. */
export const q20 = defineQuery<Q20Row>({
  name: "q20",
  mode: "append",
  trigger: () => asap,
  reads: {
    bids: {
      input: "bids",
      bounded: false,
      connector: (params) => fileSource({ path: stringParam(params, "data") + "/bid", maxFilesPerTrigger: 1 }),
      format: "json",
      reader: bidsReader,
      malformed: "fail",
    },
    auctions: {
      input: "auctions",
      bounded: false,
      connector: (params) => fileSource({ path: stringParam(params, "data") + "/auction", maxFilesPerTrigger: 1 }),
      format: "json",
      reader: auctionsReader,
      malformed: "fail",
    },
  },
  sink: () => memorySink("q20"),
  needsCheckpoint: false,
  columns: [
    { name: "auction", type: "long", nullable: false },
    { name: "bidder", type: "long", nullable: false },
    { name: "price", type: "long", nullable: false },
    { name: "channel", type: "string", nullable: false },
    { name: "url", type: "string", nullable: false },
    { name: "bid_dateTime", type: "timestamp", nullable: false },
    { name: "bid_extra", type: "string", nullable: false },
    { name: "itemName", type: "string", nullable: false },
    { name: "description", type: "string", nullable: false },
    { name: "initialBid", type: "long", nullable: false },
    { name: "reserve", type: "long", nullable: false },
    { name: "auction_dateTime", type: "timestamp", nullable: false },
    { name: "expires", type: "timestamp", nullable: false },
    { name: "seller", type: "long", nullable: false },
    { name: "category", type: "long", nullable: false },
    { name: "auction_extra", type: "string", nullable: false },
  ],
  encodeJson: writeQ20,
  plan: [
    "Sink q20 [append] into memory",
    "  Project auction, bidder, price, channel, url, dateTime as bid_dateTime, extra as bid_extra, itemName, description, initialBid, reserve, dateTime as auction_dateTime, expires, seller, category, extra as auction_extra",
    "    Join inner on auction = id unbounded   state q20/join: left: B rows for ever; right: A rows for ever",
    "      Source bids: file, json, reads auction, bidder, price, channel, url, dateTime, extra",
    "      Source auctions: file, json, reads id, itemName, description, initialBid, reserve, dateTime, expires, seller, category, extra where category = 10",
  ].join("\n"),
  build(context) {
    const q20Join = context.streamJoin("q20/join", {
      kind: "inner",
      key: { auction: "long" },
      left: {
        columns: {
          auction: "long",
          bidder: "long",
          price: "long",
          channel: "string",
          url: "string",
          dateTime: "timestamp",
          extra: "string",
        },
        packed: true,
      },
      right: {
        columns: {
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
      },
    });
    const joinedQ20 = q20Join.selecting({
      auction: "left.auction",
      bidder: "left.bidder",
      price: "left.price",
      channel: "left.channel",
      url: "left.url",
      bid_dateTime: "left.dateTime",
      bid_extra: "left.extra",
      itemName: "right.itemName",
      description: "right.description",
      initialBid: "right.initialBid",
      reserve: "right.reserve",
      auction_dateTime: "right.dateTime",
      expires: "right.expires",
      seller: "right.seller",
      category: "right.category",
      auction_extra: "right.extra",
    });

    // bids |> join    line 33
    function processBids(batch: ColumnBatch<BidsColumns>): void {
      const { columns } = batch;
      const left = q20Join.leftFrom(columns);
      for (let row = 0; row < batch.length; row++) {
        left.add([columns.auction.get(row)], row);
      }
    }

    // auctions |> join    line 34
    function processAuctions(batch: ColumnBatch<AuctionsColumns>): void {
      const { columns } = batch;
      const right = q20Join.rightFrom(columns);
      for (let row = 0; row < batch.length; row++) {
        right.add([columns.id.get(row)], row);
      }
    }

    function finish(): void {
      // q20/join |> select |> into    line 34
      for (const row of joinedQ20.take()) {
        context.output.insert(row);
      }
    }

    return { reads: { bids: processBids, auctions: processAuctions }, finish };
  },
});

/** All of the job. */
export const job = defineJob({
  name: "q20",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {
    data: { type: "string", default: () => ".sluice/nexmark" },
  },
  queries: [q20],
  sideOutputs: [],
});

await runMain(import.meta, job);
