// Emitted from q18.sluice; change the job and run `sluice build`.
//
// Sink q18 [update] into memory
//   Top [onChange] 1 by dateTime desc per bidder, auction   state q18/top: keys × 1 row
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
  writePacked,
} from "../../runtime/index.ts";
import { fileSource } from "../../runtime/connectors/file.ts";
import { memorySink } from "../../runtime/connectors/memory.ts";
import { type BidsColumns, bidsReader } from "./q18.reader.ts";

/** A row of q18. */
export interface Q18Row {
  readonly auction: number | bigint;
  readonly bidder: number | bigint;
  readonly price: number | bigint;
  readonly channel: string;
  readonly url: string;
  readonly dateTime: number;
  readonly extra: string;
}

function writeQ18(row: Q18Row, out: JsonWriter): void {
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
  out.raw(',"dateTime":');
  out.timestamp(row.dateTime);
  out.raw(',"extra":');
  out.text(row.extra);
  out.raw('}');
}

/** The query q18, line 17 of q18.sluice. */
export const q18 = defineQuery<Q18Row>({
  name: "q18",
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
  sink: () => memorySink("q18"),
  needsCheckpoint: false,
  columns: [
    { name: "auction", type: "long", nullable: false },
    { name: "bidder", type: "long", nullable: false },
    { name: "price", type: "long", nullable: false },
    { name: "channel", type: "string", nullable: false },
    { name: "url", type: "string", nullable: false },
    { name: "dateTime", type: "timestamp", nullable: false },
    { name: "extra", type: "string", nullable: false },
  ],
  key: ["bidder", "auction"],
  encodeJson: writeQ18,
  plan: [
    "Sink q18 [update] into memory",
    "  Top [onChange] 1 by dateTime desc per bidder, auction   state q18/top: keys × 1 row",
    "    Source bids: file, json, reads auction, bidder, price, channel, url, dateTime, extra",
  ].join("\n"),
  build(context) {
    const q18Top = context.top("q18/top", {
      count: 1,
      ties: false,
      ranked: false,
      per: { bidder: "long", auction: "long" },
      columns: {
        auction: "long",
        bidder: "long",
        price: "long",
        channel: "string",
        url: "string",
        dateTime: "timestamp",
        extra: "string",
      },
      by: [descending((row: { readonly dateTime: number }) => row.dateTime, "timestamp")],
      packed: true,
    });

    // bids |> top    line 18
    function process(batch: ColumnBatch<BidsColumns>): void {
      const { columns } = batch;
      const kept = q18Top.from(columns);
      for (let row = 0; row < batch.length; row++) {
        kept.add(row, columns.dateTime[row], columns.bidder.key(row), columns.auction.key(row));
      }
      kept.end();
    }

    function finish(): void {
      // q18/top |> into    line 19
      for (const { kind, row } of q18Top.upserts()) {
        context.output.write(kind, row);
      }
    }

    return { reads: { bids: process }, finish };
  },
});

/** All of the job. */
export const job = defineJob({
  name: "q18",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {
    data: { type: "string", default: () => ".sluice/nexmark" },
  },
  queries: [q18],
  sideOutputs: [],
});

await runMain(import.meta, job);
