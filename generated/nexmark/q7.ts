// Emitted from q7.sluice; change the job and run `sluice build`.
//
// Sink q7 [append] into memory
//   Project auction, price, bidder, dateTime, extra
//     Join inner on price = maxprice and dateTime >= window_end - 10 seconds and dateTime <= window_end   state q7/join: left: B rows for 14s of event time; right: M rows until window_end + 4s
//       Watermark dateTime − 4s, late drop
//         Source bids: file, json, reads auction, bidder, price, dateTime, extra
//       Filter maxprice is not null
//         Aggregate [onClose] key=[tumbling(dateTime, 10s)] maxprice=max(price)   state maxima/aggregate: 2 (windows of 10s over 10s + 4s delay)
//           Watermark dateTime − 4s, late drop
//             Source bids: file, json, reads price, dateTime
import {
  asap,
  type ColumnBatch,
  defineJob,
  defineQuery,
  type JsonWriter,
  maxLong,
  milliseconds,
  runMain,
  seconds,
  stringParam,
  subtractMicros,
  tumblingWindow,
} from "../../runtime/index.ts";
import { fileSource } from "../../runtime/connectors/file.ts";
import { memorySink } from "../../runtime/connectors/memory.ts";
import { type BidsColumns, type BidsForQ7Columns, bidsForQ7Reader, bidsReader } from "./q7.reader.ts";

/** A row of q7. */
export interface Q7Row {
  readonly auction: number | bigint;
  readonly price: number | bigint;
  readonly bidder: number | bigint;
  readonly dateTime: number;
  readonly extra: string;
}

function writeQ7(row: Q7Row, out: JsonWriter): void {
  out.raw('{"auction":');
  out.long(row.auction);
  out.raw(',"price":');
  out.long(row.price);
  out.raw(',"bidder":');
  out.long(row.bidder);
  out.raw(',"dateTime":');
  out.timestamp(row.dateTime);
  out.raw(',"extra":');
  out.text(row.extra);
  out.raw('}');
}

/** The query q7, line 24 of q7.sluice. */
export const q7 = defineQuery<Q7Row>({
  name: "q7",
  mode: "append",
  trigger: () => asap,
  reads: {
    "bids-2": {
      input: "bids",
      bounded: false,
      connector: (params) => fileSource({ path: stringParam(params, "data") + "/bid", maxFilesPerTrigger: 1 }),
      format: "json",
      reader: bidsReader,
      malformed: "fail",
    },
    bids: {
      input: "bids",
      bounded: false,
      connector: (params) => fileSource({ path: stringParam(params, "data") + "/bid", maxFilesPerTrigger: 1 }),
      format: "json",
      reader: bidsForQ7Reader,
      malformed: "fail",
    },
  },
  sink: () => memorySink("q7"),
  needsCheckpoint: false,
  columns: [
    { name: "auction", type: "long", nullable: false },
    { name: "price", type: "long", nullable: false },
    { name: "bidder", type: "long", nullable: false },
    { name: "dateTime", type: "timestamp", nullable: false },
    { name: "extra", type: "string", nullable: false },
  ],
  encodeJson: writeQ7,
  plan: [
    "Sink q7 [append] into memory",
    "  Project auction, price, bidder, dateTime, extra",
    "    Join inner on price = maxprice and dateTime >= window_end - 10 seconds and dateTime \u003c= window_end   state q7/join: left: B rows for 14s of event time; right: M rows until window_end + 4s",
    "      Watermark dateTime − 4s, late drop",
    "        Source bids: file, json, reads auction, bidder, price, dateTime, extra",
    "      Filter maxprice is not null",
    "        Aggregate [onClose] key=[tumbling(dateTime, 10s)] maxprice=max(price)   state maxima/aggregate: 2 (windows of 10s over 10s + 4s delay)",
    "          Watermark dateTime − 4s, late drop",
    "            Source bids: file, json, reads price, dateTime",
  ].join("\n"),
  build(context) {
    const maxima = context.groups("maxima/aggregate", {
      key: {},
      window: tumblingWindow(seconds(10)),
      closing: "window end",
      lanes: () => ({ maxprice: maxLong() }),
    });
    const q7Join = context.streamJoin("q7/join", {
      kind: "inner",
      key: { price: "long" },
      left: {
        columns: { auction: "long", bidder: "long", price: "long", dateTime: "timestamp", extra: "string" },
        packed: true,
        keeps: { time: (row) => row.dateTime, offset: seconds(-10) - milliseconds(1) },
      },
      right: {
        columns: { window_end: "timestamp" },
        keeps: { time: (row) => row.window_end, offset: milliseconds(-1) },
      },
      residual: (left, right) => left.dateTime >= subtractMicros(right.window_end, 10_000_000) && left.dateTime <= right.window_end,
    });
    const bidWatermark = context.watermark("bid/watermark", seconds(4));

    // bids |> watermark |> aggregate    line 22
    function processBids2(batch: ColumnBatch<BidsColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        const dateTime = columns.dateTime[row];
        bidWatermark.observe(dateTime);
        if (maxima.isLate(dateTime)) continue;
        const slot = maxima.slot(dateTime);
        maxima.lanes.maxprice.add(slot, columns.price.get(row));
      }
    }

    // bids |> watermark |> join    line 18
    function processBids(batch: ColumnBatch<BidsForQ7Columns>): void {
      const { columns } = batch;
      const left = q7Join.leftFrom(columns);
      let row = 0;
      try {
        for (; row < batch.length; row++) {
          const dateTime = columns.dateTime[row];
          bidWatermark.observe(dateTime);
          if (q7Join.isLate(dateTime)) continue;
          left.add([columns.price.get(row)], row);
        }
      } catch (error) {
        throw context.rowFailure(error, batch, row);
      }
    }

    function finish(): void {
      // maxima/aggregate |> where |> join    line 22
      const groups = maxima.closed();
      for (const slot of groups.slots) {
        const maxprice = groups.lanes.maxprice.get(slot);
        if (maxprice === null) continue;
        const window_end = groups.windowEnd(slot);
        if (q7Join.isLate(window_end)) continue;
        q7Join.addRight([maxprice], { window_end });
      }

      // q7/join |> into    line 26
      for (const { left } of q7Join.take()) {
        context.output.insert({
          auction: left.auction,
          price: left.price,
          bidder: left.bidder,
          dateTime: left.dateTime,
          extra: left.extra,
        });
      }
    }

    return { reads: { "bids-2": processBids2, bids: processBids }, finish };
  },
});

/** All of the job. */
export const job = defineJob({
  name: "q7",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {
    data: { type: "string", default: () => ".sluice/nexmark" },
  },
  queries: [q7],
  sideOutputs: [],
});

await runMain(import.meta, job);
