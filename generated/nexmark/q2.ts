// Emitted from q2.sluice; change the job and run `sluice build`.
//
// Sink q2 [append] into memory
//   Source bids: file, json, reads auction, price where auction % 123 = 0
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
import { type BidsColumns, bidsReader } from "./q2.reader.ts";

/** A row of q2. */
export interface Q2Row {
  readonly auction: number | bigint;
  readonly price: number | bigint;
}

function writeQ2(row: Q2Row, out: JsonWriter): void {
  out.raw('{"auction":');
  out.long(row.auction);
  out.raw(',"price":');
  out.long(row.price);
  out.raw('}');
}

/** The query q2, line 17 of q2.sluice. */
export const q2 = defineQuery<Q2Row>({
  name: "q2",
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
  sink: () => memorySink("q2"),
  needsCheckpoint: false,
  columns: [
    { name: "auction", type: "long", nullable: false },
    { name: "price", type: "long", nullable: false },
  ],
  encodeJson: writeQ2,
  plan: [
    "Sink q2 [append] into memory",
    "  Source bids: file, json, reads auction, price where auction % 123 = 0",
  ].join("\n"),
  build(context) {
    // bids |> into    line 18
    function process(batch: ColumnBatch<BidsColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        context.output.insert({ auction: columns.auction.get(row), price: columns.price.get(row) });
      }
    }

    return { reads: { bids: process } };
  },
});

/** All of the job. */
export const job = defineJob({
  name: "q2",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {
    data: { type: "string", default: () => ".sluice/nexmark" },
  },
  queries: [q2],
  sideOutputs: [],
});

await runMain(import.meta, job);
