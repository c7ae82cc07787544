// Emitted from q13.sluice; change the job and run `sluice build`.
//
// Sink q13 [append] into memory
//   Project auction, bidder, price, dateTime, value
//     Join inner on auction % 10000 = key
//       Source bids: file, json, reads auction, bidder, price, dateTime
//       Table side_input: file, csv, reads key, value
import {
  asap,
  type ColumnBatch,
  defineJob,
  defineQuery,
  type JsonWriter,
  remainderLong,
  runMain,
  stringParam,
} from "../../runtime/index.ts";
import { fileSource } from "../../runtime/connectors/file.ts";
import { memorySink } from "../../runtime/connectors/memory.ts";
import { type BidsColumns, bidsReader, side_inputReader, type SideInputColumns } from "./q13.reader.ts";

/** A row of q13. */
export interface Q13Row {
  readonly auction: number | bigint;
  readonly bidder: number | bigint;
  readonly price: number | bigint;
  readonly dateTime: number;
  readonly value: string;
}

function writeQ13(row: Q13Row, out: JsonWriter): void {
  out.raw('{"auction":');
  out.long(row.auction);
  out.raw(',"bidder":');
  out.long(row.bidder);
  out.raw(',"price":');
  out.long(row.price);
  out.raw(',"dateTime":');
  out.timestamp(row.dateTime);
  out.raw(',"value":');
  out.text(row.value);
  out.raw('}');
}

/** The query q13, line 24 of q13.sluice. */
export const q13 = defineQuery<Q13Row>({
  name: "q13",
  mode: "append",
  trigger: () => asap,
  reads: {
    side_input: {
      input: "side_input",
      bounded: true,
      connector: (params) => fileSource({ path: stringParam(params, "data") + "/side_input.csv" }),
      format: "csv",
      reader: side_inputReader,
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
  sink: () => memorySink("q13"),
  needsCheckpoint: false,
  columns: [
    { name: "auction", type: "long", nullable: false },
    { name: "bidder", type: "long", nullable: false },
    { name: "price", type: "long", nullable: false },
    { name: "dateTime", type: "timestamp", nullable: false },
    { name: "value", type: "string", nullable: false },
  ],
  encodeJson: writeQ13,
  plan: [
    "Sink q13 [append] into memory",
    "  Project auction, bidder, price, dateTime, value",
    "    Join inner on auction % 10000 = key",
    "      Source bids: file, json, reads auction, bidder, price, dateTime",
    "      Table side_input: file, csv, reads key, value",
  ].join("\n"),
  build(context) {
    const side_inputTable = context.lookup<{ readonly key: number | bigint; readonly value: string }>({ key: { key1: "long" } });

    // side_input |> join    line 26
    function loadSide_input(batch: ColumnBatch<SideInputColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        const key = columns.key.get(row);
        side_inputTable.add([key], { key, value: columns.value.text(row) });
      }
    }

    // bids |> join side_input |> into    line 25
    function process(batch: ColumnBatch<BidsColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        const auction = columns.auction.get(row);
        for (const side_input of side_inputTable.find([remainderLong(auction, 10_000)])) {
          context.output.insert({
            auction,
            bidder: columns.bidder.get(row),
            price: columns.price.get(row),
            dateTime: columns.dateTime[row],
            value: side_input.value,
          });
        }
      }
    }

    return {
      reads: {
        side_input: {
          begin() {
            side_inputTable.clear();
          },
          process: loadSide_input,
        },
        bids: process,
      },
    };
  },
});

/** All of the job. */
export const job = defineJob({
  name: "q13",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {
    data: { type: "string", default: () => ".sluice/nexmark" },
  },
  queries: [q13],
  sideOutputs: [],
});

await runMain(import.meta, job);
