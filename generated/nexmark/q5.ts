// Emitted from q5.sluice; change the job and run `sluice build`.
//
// Sink q5 [update] into memory
//   Project auction, num
//     Join [changes] inner on window_start = window_start and window_end = window_end and num >= maxn   state q5/join: left: C rows until window_end + 4s; right: M rows until window_end + 4s
//       Aggregate [onChange] key=[auction, sliding(dateTime, 10s, every 2s)] num=count()   state counts/aggregate: keys × 7 (panes of 2s over 10s + 4s delay)
//         Watermark dateTime − 4s, late drop
//           Source bids: file, json, reads auction, dateTime
//       Aggregate [onChange, over changes] key=[window_start, window_end] maxn=max(num)   state best/aggregate: keys within 4s delay × values
//         Aggregate [onChange] key=[auction, sliding(dateTime, 10s, every 2s)] num=count()   state counts/aggregate: keys × 7 (panes of 2s over 10s + 4s delay)
//           Watermark dateTime − 4s, late drop
//             Source bids: file, json, reads auction, dateTime
import {
  asap,
  type ColumnBatch,
  count,
  defineJob,
  defineQuery,
  type JsonWriter,
  maxLong,
  retractableDistinct,
  runMain,
  seconds,
  slidingWindow,
  stringParam,
} from "../../runtime/index.ts";
import { fileSource } from "../../runtime/connectors/file.ts";
import { memorySink } from "../../runtime/connectors/memory.ts";
import { type BidsColumns, bidsReader } from "./q5.reader.ts";

/** A row of q5. */
export interface Q5Row {
  readonly auction: number | bigint;
  readonly num: number | bigint;
}

function writeQ5(row: Q5Row, out: JsonWriter): void {
  out.raw('{"auction":');
  out.long(row.auction);
  out.raw(',"num":');
  out.long(row.num);
  out.raw('}');
}

/** The query q5, line 30 of q5.sluice. */
export const q5 = defineQuery<Q5Row>({
  name: "q5",
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
  sink: () => memorySink("q5"),
  needsCheckpoint: false,
  columns: [
    { name: "auction", type: "long", nullable: false },
    { name: "num", type: "long", nullable: false },
  ],
  encodeJson: writeQ5,
  plan: [
    "Sink q5 [update] into memory",
    "  Project auction, num",
    "    Join [changes] inner on window_start = window_start and window_end = window_end and num >= maxn   state q5/join: left: C rows until window_end + 4s; right: M rows until window_end + 4s",
    "      Aggregate [onChange] key=[auction, sliding(dateTime, 10s, every 2s)] num=count()   state counts/aggregate: keys × 7 (panes of 2s over 10s + 4s delay)",
    "        Watermark dateTime − 4s, late drop",
    "          Source bids: file, json, reads auction, dateTime",
    "      Aggregate [onChange, over changes] key=[window_start, window_end] maxn=max(num)   state best/aggregate: keys within 4s delay × values",
    "        Aggregate [onChange] key=[auction, sliding(dateTime, 10s, every 2s)] num=count()   state counts/aggregate: keys × 7 (panes of 2s over 10s + 4s delay)",
    "          Watermark dateTime − 4s, late drop",
    "            Source bids: file, json, reads auction, dateTime",
  ].join("\n"),
  build(context) {
    const counts = context.groups("counts/aggregate", {
      key: { auction: "long" },
      window: slidingWindow(seconds(10), seconds(2)),
      closing: "window end",
      lanes: () => ({ num: count() }),
    });
    const best = context.groups("best/aggregate", {
      key: { window_start: "timestamp", window_end: "timestamp" },
      counted: true,
      closing: { key: "window_end" },
      lanes: () => ({ maxn: retractableDistinct(maxLong(), "long") }),
    });
    const q5Join = context.changingJoin("q5/join", {
      kind: "inner",
      key: { window_start: "timestamp", window_end: "timestamp" },
      left: {
        columns: { auction: "long", window_end: "timestamp", num: "long" },
        keeps: { time: (row) => row.window_end, offset: 0 },
      },
      right: {
        columns: { window_end: "timestamp", maxn: "long?" },
        keeps: { time: (row) => row.window_end, offset: 0 },
      },
      residual: (left, right) => right.maxn !== null && left.num >= right.maxn,
    });
    const countsRows = context.groupRows(counts, { auction: "long", window_start: "timestamp", window_end: "timestamp", num: "long" }, (groups, slot) => ({
      auction: groups.keys.auction.get(slot),
      window_start: groups.windowStart(slot),
      window_end: groups.windowEnd(slot),
      num: groups.lanes.num.get(slot),
    }));
    const bestRows = context.groupRows(best, { window_start: "timestamp", window_end: "timestamp", maxn: "long?" }, (groups, slot) => ({
      window_start: groups.keys.window_start.get(slot),
      window_end: groups.keys.window_end.get(slot),
      maxn: groups.lanes.maxn.settled(slot).get(slot),
    }));
    const bidWatermark = context.watermark("bid/watermark", seconds(4));

    // bids |> watermark |> aggregate    line 24
    function process(batch: ColumnBatch<BidsColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        const dateTime = columns.dateTime[row];
        bidWatermark.observe(dateTime);
        if (counts.isLate(dateTime)) continue;
        const slot = counts.slot(dateTime, columns.auction.get(row));
        counts.lanes.num.add(slot);
      }
    }

    function finish(): void {
      // counts/aggregate |> aggregate    line 28
      for (const { row, weight } of countsRows.changes()) {
        if (best.isLate(row.window_end)) continue;
        const slot = best.slotOfChange(weight, row.window_start, row.window_end);
        best.lanes.maxn.change(slot, weight, row.num);
      }

      // counts/aggregate |> join    line 24
      for (const { row, weight } of countsRows.changes()) {
        q5Join.changeLeft(weight, [row.window_start, row.window_end], { auction: row.auction, window_end: row.window_end, num: row.num });
      }

      // best/aggregate |> join    line 28
      for (const { row, weight } of bestRows.changes()) {
        q5Join.changeRight(weight, [row.window_start, row.window_end], { window_end: row.window_end, maxn: row.maxn });
      }

      // q5/join |> into    line 32
      for (const { left, weight } of q5Join.shown()) {
        context.output.change(weight, { auction: left.auction, num: left.num });
      }
    }

    return { reads: { bids: process }, finish };
  },
});

/** All of the job. */
export const job = defineJob({
  name: "q5",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {
    data: { type: "string", default: () => ".sluice/nexmark" },
  },
  queries: [q5],
  sideOutputs: [],
});

await runMain(import.meta, job);
