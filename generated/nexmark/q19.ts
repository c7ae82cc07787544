// Emitted from q19.sluice; change the job and run `sluice build`.
//
// Sink q19 [update] into memory
//   Top [onChange] 10 as rank_number by price desc per auction   state q19/top: keys × 10 rows
//     Source bids: file, json, reads auction, bidder, price, channel, url, dateTime, extra
import {
  asap,
  type ColumnBatch,
  defineJob,
  defineQuery,
  descending,
  type JsonWriter,
  runMain,
  stringParam,
} from "../../runtime/index.ts";
import { fileSource } from "../../runtime/connectors/file.ts";
import { memorySink } from "../../runtime/connectors/memory.ts";
import { type BidsColumns, bidsReader } from "./q19.reader.ts";

/** A row of q19. */
export interface Q19Row {
  readonly auction: number | bigint;
  readonly bidder: number | bigint;
  readonly price: number | bigint;
  readonly channel: string;
  readonly url: string;
  readonly dateTime: number;
  readonly extra: string;
  readonly rank_number: number;
}

function writeQ19(row: Q19Row, out: JsonWriter): void {
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
  out.raw(',"dateTime":');
  out.timestamp(row.dateTime);
  out.raw(',"extra":');
  out.text(row.extra);
  out.raw(',"rank_number":');
  out.int(row.rank_number);
  out.raw('}');
}

/** The query q19, line 18 of q19.sluice. */
export const q19 = defineQuery<Q19Row>({
  name: "q19",
  mode: "update",
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
  },
  sink: () => memorySink("q19"),
  needsCheckpoint: false,
  columns: [
    { name: "auction", type: "long", nullable: false },
    { name: "bidder", type: "long", nullable: false },
    { name: "price", type: "long", nullable: false },
    { name: "channel", type: "string", nullable: false },
    { name: "url", type: "string", nullable: false },
    { name: "dateTime", type: "timestamp", nullable: false },
    { name: "extra", type: "string", nullable: false },
    { name: "rank_number", type: "int", nullable: false },
  ],
  key: ["auction", "rank_number"],
  encodeJson: writeQ19,
  plan: [
    "Sink q19 [update] into memory",
    "  Top [onChange] 10 as rank_number by price desc per auction   state q19/top: keys × 10 rows",
    "    Source bids: file, json, reads auction, bidder, price, channel, url, dateTime, extra",
  ].join("\n"),
  build(context) {
    const q19Top = context.top("q19/top", {
      count: 10,
      ties: false,
      ranked: true,
      per: { auction: "long" },
      columns: {
        auction: "long",
        bidder: "long",
        price: "long",
        channel: "string",
        url: "string",
        dateTime: "timestamp",
        extra: "string",
      },
      by: [descending((row: { readonly price: number | bigint }) => row.price, "long")],
    });

    // bids |> top    line 19
    function process(batch: ColumnBatch<BidsColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        const auction = columns.auction.get(row);
        const price = columns.price.get(row);
        const key = [auction];
        if (!q19Top.admits(key, { price })) continue;
        q19Top.add(key, {
          auction,
          bidder: columns.bidder.get(row),
          price,
          channel: columns.channel.ownText(row),
          url: columns.url.ownText(row),
          dateTime: columns.dateTime[row],
          extra: columns.extra.ownText(row),
        });
      }
    }

    function finish(): void {
      // q19/top |> into    line 20
      for (const { kind, row, rank } of q19Top.upserts()) {
        context.output.write(kind, {
          auction: row.auction,
          bidder: row.bidder,
          price: row.price,
          channel: row.channel,
          url: row.url,
          dateTime: row.dateTime,
          extra: row.extra,
          rank_number: rank,
        });
      }
    }

    return { reads: { bids: process }, finish };
  },
});

/** All of the job. */
export const job = defineJob({
  name: "q19",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {
    data: { type: "string", default: () => ".sluice/nexmark" },
  },
  queries: [q19],
  sideOutputs: [],
});

await runMain(import.meta, job);
