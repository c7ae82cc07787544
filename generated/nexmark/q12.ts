// Emitted from q12.sluice; change the job and run `sluice build`.
//
// Sink q12 [append] into memory
//   Project bidder, bid_count, window_start as starttime, window_end as endtime
//     Aggregate [onClose] key=[bidder, tumbling(current_timestamp(), 10s)] bid_count=count()   state q12/aggregate: keys × 1 (windows of 10s over 10s)
//       Source bids: file, json, reads bidder
import {
  asap,
  type ColumnBatch,
  count,
  defineJob,
  defineQuery,
  type JsonWriter,
  runMain,
  seconds,
  stringParam,
  tumblingWindow,
} from "../../runtime/index.ts";
import { fileSource } from "../../runtime/connectors/file.ts";
import { memorySink } from "../../runtime/connectors/memory.ts";
import { type BidsColumns, bidsReader } from "./q12.reader.ts";

/** A row of q12. */
export interface Q12Row {
  readonly bidder: number | bigint;
  readonly bid_count: number | bigint;
  readonly starttime: number;
  readonly endtime: number;
}

function writeQ12(row: Q12Row, out: JsonWriter): void {
  out.raw('{"bidder":');
  out.long(row.bidder);
  out.raw(',"bid_count":');
  out.long(row.bid_count);
  out.raw(',"starttime":');
  out.timestamp(row.starttime);
  out.raw(',"endtime":');
  out.timestamp(row.endtime);
  out.raw('}');
}

/** The query q12, line 18 of q12.sluice. */
export const q12 = defineQuery<Q12Row>({
  name: "q12",
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
  sink: () => memorySink("q12"),
  needsCheckpoint: false,
  columns: [
    { name: "bidder", type: "long", nullable: false },
    { name: "bid_count", type: "long", nullable: false },
    { name: "starttime", type: "timestamp", nullable: false },
    { name: "endtime", type: "timestamp", nullable: false },
  ],
  encodeJson: writeQ12,
  plan: [
    "Sink q12 [append] into memory",
    "  Project bidder, bid_count, window_start as starttime, window_end as endtime",
    "    Aggregate [onClose] key=[bidder, tumbling(current_timestamp(), 10s)] bid_count=count()   state q12/aggregate: keys × 1 (windows of 10s over 10s)",
    "      Source bids: file, json, reads bidder",
  ].join("\n"),
  build(context) {
    const q12Groups = context.groups("q12/aggregate", {
      key: { bidder: "long" },
      window: tumblingWindow(seconds(10)),
      closing: "clock",
      lanes: () => ({ bid_count: count() }),
    });

    // bids |> aggregate    line 20
    function process(batch: ColumnBatch<BidsColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        const slot = q12Groups.slot(context.batch.timestamp, columns.bidder.get(row));
        q12Groups.lanes.bid_count.add(slot);
      }
    }

    function finish(): void {
      // q12/aggregate |> select |> into    line 20
      const groups = q12Groups.closed();
      for (const slot of groups.slots) {
        context.output.insert({
          bidder: groups.keys.bidder.get(slot),
          bid_count: groups.lanes.bid_count.get(slot),
          starttime: groups.windowStart(slot),
          endtime: groups.windowEnd(slot),
        });
      }
    }

    return { reads: { bids: process }, finish };
  },
});

/** All of the job. */
export const job = defineJob({
  name: "q12",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {
    data: { type: "string", default: () => ".sluice/nexmark" },
  },
  queries: [q12],
  sideOutputs: [],
});

await runMain(import.meta, job);
