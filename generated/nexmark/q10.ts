// Emitted from q10.sluice; change the job and run `sluice build`.
//
// Sink q10 [append] into file
//   Project auction, bidder, price, dateTime, extra, date_format(dateTime, "yyyy-MM-dd") as dt, date_format(dateTime, "HH:mm") as hm
//     Source bids: file, json, reads auction, bidder, price, dateTime, extra
import {
  asap,
  type ColumnBatch,
  defineJob,
  defineQuery,
  type JsonWriter,
  runMain,
  stringParam,
  timestampFormat,
} from "../../runtime/index.ts";
import { fileSink, fileSource } from "../../runtime/connectors/file.ts";
import { type BidsColumns, bidsReader } from "./q10.reader.ts";

const format = timestampFormat("yyyy-MM-dd");
const format2 = timestampFormat("HH:mm");

/** A row of q10. */
export interface Q10Row {
  readonly auction: number | bigint;
  readonly bidder: number | bigint;
  readonly price: number | bigint;
  readonly dateTime: number;
  readonly extra: string;
  readonly dt: string;
  readonly hm: string;
}

function writeQ10(row: Q10Row, out: JsonWriter): void {
  out.raw('{"auction":');
  out.long(row.auction);
  out.raw(',"bidder":');
  out.long(row.bidder);
  out.raw(',"price":');
  out.long(row.price);
  out.raw(',"dateTime":');
  out.timestamp(row.dateTime);
  out.raw(',"extra":');
  out.text(row.extra);
  out.raw(',"dt":');
  out.text(row.dt);
  out.raw(',"hm":');
  out.text(row.hm);
  out.raw('}');
}

/** The query q10, line 19 of q10.sluice. */
export const q10 = defineQuery<Q10Row>({
  name: "q10",
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
  },
  sink: (params) => fileSink({ path: stringParam(params, "out"), format: "csv", partitionBy: ["dt", "hm"] }),
  needsCheckpoint: true,
  columns: [
    { name: "auction", type: "long", nullable: false },
    { name: "bidder", type: "long", nullable: false },
    { name: "price", type: "long", nullable: false },
    { name: "dateTime", type: "timestamp", nullable: false },
    { name: "extra", type: "string", nullable: false },
    { name: "dt", type: "string", nullable: false },
    { name: "hm", type: "string", nullable: false },
  ],
  encodeJson: writeQ10,
  plan: [
    "Sink q10 [append] into file",
    "  Project auction, bidder, price, dateTime, extra, date_format(dateTime, \"yyyy-MM-dd\") as dt, date_format(dateTime, \"HH:mm\") as hm",
    "    Source bids: file, json, reads auction, bidder, price, dateTime, extra",
  ].join("\n"),
  build(context) {
    // bids |> select |> into    line 20
    function process(batch: ColumnBatch<BidsColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        const dateTime = columns.dateTime[row];
        context.output.insert({
          auction: columns.auction.get(row),
          bidder: columns.bidder.get(row),
          price: columns.price.get(row),
          dateTime,
          extra: columns.extra.text(row),
          dt: format.format(dateTime),
          hm: format2.format(dateTime),
        });
      }
    }

    return { reads: { bids: process } };
  },
});

/** All of the job. */
export const job = defineJob({
  name: "q10",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {
    data: { type: "string", default: () => ".sluice/nexmark" },
    out: { type: "string", default: () => ".sluice/nexmark-q10" },
  },
  queries: [q10],
  sideOutputs: [],
});

await runMain(import.meta, job);
