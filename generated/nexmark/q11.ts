// Emitted from q11.sluice; change the job and run `sluice build`.
//
// Sink q11 [append] into memory
//   Project bidder, bid_count, window_start as starttime, window_end as endtime
//     Aggregate [onClose] key=[bidder, session(dateTime, gap 10s)] bid_count=count()   state q11/aggregate: keys × sessions open (gap 10s + 4s delay)
//       Watermark dateTime − 4s, late drop
//         Source bids: file, json, reads bidder, dateTime
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
} from "../../runtime/index.ts";
import { fileSource } from "../../runtime/connectors/file.ts";
import { memorySink } from "../../runtime/connectors/memory.ts";
import { type BidsColumns, bidsReader } from "./q11.reader.ts";

const gap = seconds(10);

/** A row of q11. */
export interface Q11Row {
  readonly bidder: number | bigint;
  readonly bid_count: number | bigint;
  readonly starttime: number;
  readonly endtime: number;
}

function writeQ11(row: Q11Row, out: JsonWriter): void {
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

/** The query q11, line 19 of q11.sluice. */
export const q11 = defineQuery<Q11Row>({
  name: "q11",
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
  sink: () => memorySink("q11"),
  needsCheckpoint: false,
  columns: [
    { name: "bidder", type: "long", nullable: false },
    { name: "bid_count", type: "long", nullable: false },
    { name: "starttime", type: "timestamp", nullable: false },
    { name: "endtime", type: "timestamp", nullable: false },
  ],
  encodeJson: writeQ11,
  plan: [
    "Sink q11 [append] into memory",
    "  Project bidder, bid_count, window_start as starttime, window_end as endtime",
    "    Aggregate [onClose] key=[bidder, session(dateTime, gap 10s)] bid_count=count()   state q11/aggregate: keys × sessions open (gap 10s + 4s delay)",
    "      Watermark dateTime − 4s, late drop",
    "        Source bids: file, json, reads bidder, dateTime",
  ].join("\n"),
  build(context) {
    const q11Groups = context.sessions("q11/aggregate", {
      key: { bidder: "long" },
      closing: "window end",
      lanes: () => ({ bid_count: count() }),
    });
    const bidWatermark = context.watermark("bid/watermark", seconds(4));

    // bids |> watermark |> aggregate    line 21
    function process(batch: ColumnBatch<BidsColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        const dateTime = columns.dateTime[row];
        bidWatermark.observe(dateTime);
        if (q11Groups.isLate(dateTime, gap)) continue;
        const slot = q11Groups.slot(dateTime, gap, columns.bidder.get(row));
        q11Groups.lanes.bid_count.add(slot);
      }
    }

    function finish(): void {
      // q11/aggregate |> select |> into    line 21
      const groups = q11Groups.closed();
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
  name: "q11",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {
    data: { type: "string", default: () => ".sluice/nexmark" },
  },
  queries: [q11],
  sideOutputs: [],
});

await runMain(import.meta, job);
