// Emitted from q1.sluice; change the job and run `sluice build`.
//
// Sink q1 [append] into memory
//   Project auction, bidder, 0.908 * cast(price as decimal(20,0)) as price, dateTime, extra
//     Source bids: file, json, reads auction, bidder, price, dateTime, extra
import {
  asap,
  type ColumnBatch,
  defineJob,
  defineQuery,
  type JsonWriter,
  multiplyDecimal,
  runMain,
  stringParam,
} from "../../runtime/index.ts";
import { fileSource } from "../../runtime/connectors/file.ts";
import { memorySink } from "../../runtime/connectors/memory.ts";
import { type BidsColumns, bidsReader } from "./q1.reader.ts";

/** A row of q1. */
export interface Q1Row {
  readonly auction: number | bigint;
  readonly bidder: number | bigint;
  readonly price: number | bigint;
  readonly dateTime: number;
  readonly extra: string;
}

function writeQ1(row: Q1Row, out: JsonWriter): void {
  out.raw('{"auction":');
  out.long(row.auction);
  out.raw(',"bidder":');
  out.long(row.bidder);
  out.raw(',"price":');
  out.decimal(row.price, 3);
  out.raw(',"dateTime":');
  out.timestamp(row.dateTime);
  out.raw(',"extra":');
  out.text(row.extra);
  out.raw('}');
}

/** The query q1, line 17 of q1.sluice. */
export const q1 = defineQuery<Q1Row>({
  name: "q1",
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
  sink: () => memorySink("q1"),
  needsCheckpoint: false,
  columns: [
    { name: "auction", type: "long", nullable: false },
    { name: "bidder", type: "long", nullable: false },
    { name: "price", type: "decimal(24,3)", nullable: false },
    { name: "dateTime", type: "timestamp", nullable: false },
    { name: "extra", type: "string", nullable: false },
  ],
  encodeJson: writeQ1,
  plan: [
    "Sink q1 [append] into memory",
    "  Project auction, bidder, 0.908 * cast(price as decimal(20,0)) as price, dateTime, extra",
    "    Source bids: file, json, reads auction, bidder, price, dateTime, extra",
  ].join("\n"),
  build(context) {
    // bids |> select |> into    line 18
    function process(batch: ColumnBatch<BidsColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        context.output.insert({
          auction: columns.auction.get(row),
          bidder: columns.bidder.get(row),
          price: multiplyDecimal(908, columns.price.get(row)),
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
  name: "q1",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {
    data: { type: "string", default: () => ".sluice/nexmark" },
  },
  queries: [q1],
  sideOutputs: [],
});

await runMain(import.meta, job);
