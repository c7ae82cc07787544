// Emitted from q0.sluice; change the job and run `sluice build`.
//
// Sink q0 [append] into memory
//   Source bids: file, json, reads auction, bidder, price, dateTime, extra
import {
  asap,
  type ColumnBatch,
  defineJob,
  defineQuery,
  type JsonWriter,
  runMain,
  stringParam,
} from "../../runtime/index.ts";
import { fileSource } from "../../runtime/connectors/file.ts";
import { memorySink } from "../../runtime/connectors/memory.ts";
import { type BidsColumns, bidsReader } from "./q0.reader.ts";

/** A row of q0. */
export interface Q0Row {
  readonly auction: number | bigint;
  readonly bidder: number | bigint;
  readonly price: number | bigint;
  readonly dateTime: number;
  readonly extra: string;
}

function writeQ0(row: Q0Row, out: JsonWriter): void {
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
  out.raw('}');
}

/** The query q0, line 17 of q0.sluice. */
export const q0 = defineQuery<Q0Row>({
  name: "q0",
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
  sink: () => memorySink("q0"),
  needsCheckpoint: false,
  columns: [
    { name: "auction", type: "long", nullable: false },
    { name: "bidder", type: "long", nullable: false },
    { name: "price", type: "long", nullable: false },
    { name: "dateTime", type: "timestamp", nullable: false },
    { name: "extra", type: "string", nullable: false },
  ],
  encodeJson: writeQ0,
  plan: [
    "Sink q0 [append] into memory",
    "  Source bids: file, json, reads auction, bidder, price, dateTime, extra",
  ].join("\n"),
  build(context) {
    // bids |> into    line 18
    function process(batch: ColumnBatch<BidsColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        context.output.insert({
          auction: columns.auction.get(row),
          bidder: columns.bidder.get(row),
          price: columns.price.get(row),
          dateTime: columns.dateTime[row],
          extra: columns.extra.text(row),
        });
      }
    }

    return { reads: { bids: process } };
  },
});

/** All of the job. */
export const job = defineJob({
  name: "q0",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {
    data: { type: "string", default: () => ".sluice/nexmark" },
  },
  queries: [q0],
  sideOutputs: [],
});

await runMain(import.meta, job);
