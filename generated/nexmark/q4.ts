// Emitted from q4.sluice; change the job and run `sluice build`.
//
// Sink q4 [update] into memory
//   Aggregate [onChange, over changes] key=[category as id] final=avg(cast(final as double))   state q4/aggregate: keys
//     Aggregate [onChange] key=[id, category] final=max(price)   state closing/aggregate: keys
//       Join inner on id = auction and dateTime >= dateTime and dateTime <= expires   state closing/join: left: A rows until expires + 4s; right: B rows for 4s of event time
//         Watermark dateTime − 4s, late drop
//           Source auctions: file, json, reads id, dateTime, expires, category
//         Watermark dateTime − 4s, late drop
//           Source bids: file, json, reads auction, price, dateTime
import {
  asap,
  changingAverageDouble,
  type ColumnBatch,
  defineJob,
  defineQuery,
  doubleFromLong,
  type JsonWriter,
  maxLong,
  milliseconds,
  runMain,
  seconds,
  stringParam,
} from "../../runtime/index.ts";
import { fileSource } from "../../runtime/connectors/file.ts";
import { memorySink } from "../../runtime/connectors/memory.ts";
import { type AuctionsColumns, auctionsReader, type BidsColumns, bidsReader } from "./q4.reader.ts";

/** A row of q4. */
export interface Q4Row {
  readonly id: number | bigint;
  readonly final: number | null;
}

function writeQ4(row: Q4Row, out: JsonWriter): void {
  out.raw('{"id":');
  out.long(row.id);
  out.raw(',"final":');
  out.double(row.final);
  out.raw('}');
}

/** The query q4, line 40 of q4.sluice. */
export const q4 = defineQuery<Q4Row>({
  name: "q4",
  mode: "update",
  trigger: () => asap,
  reads: {
    auctions: {
      input: "auctions",
      bounded: false,
      connector: (params) => fileSource({ path: stringParam(params, "data") + "/auction", maxFilesPerTrigger: 1 }),
      format: "json",
      reader: auctionsReader,
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
  sink: () => memorySink("q4"),
  needsCheckpoint: false,
  columns: [
    { name: "id", type: "long", nullable: false },
    { name: "final", type: "double", nullable: true },
  ],
  key: ["id"],
  encodeJson: writeQ4,
  plan: [
    "Sink q4 [update] into memory",
    "  Aggregate [onChange, over changes] key=[category as id] final=avg(cast(final as double))   state q4/aggregate: keys",
    "    Aggregate [onChange] key=[id, category] final=max(price)   state closing/aggregate: keys",
    "      Join inner on id = auction and dateTime >= dateTime and dateTime \u003c= expires   state closing/join: left: A rows until expires + 4s; right: B rows for 4s of event time",
    "        Watermark dateTime − 4s, late drop",
    "          Source auctions: file, json, reads id, dateTime, expires, category",
    "        Watermark dateTime − 4s, late drop",
    "          Source bids: file, json, reads auction, price, dateTime",
  ].join("\n"),
  build(context) {
    const closing = context.groups("closing/aggregate", {
      key: { id: "long", category: "long" },
      underWatermark: true,
      above: ["closing/join"],
      lanes: () => ({ final: maxLong() }),
    });
    const q4Groups = context.groups("q4/aggregate", {
      key: { id: "long" },
      counted: true,
      underWatermark: true,
      above: ["closing/join"],
      lanes: () => ({ final: changingAverageDouble() }),
    });
    const closingJoin = context.streamJoin("closing/join", {
      kind: "inner",
      key: { id: "long" },
      left: {
        columns: { id: "long", dateTime: "timestamp", expires: "timestamp", category: "long" },
        keeps: { time: (row) => row.expires, offset: milliseconds(-1) },
      },
      right: {
        columns: { price: "long", dateTime: "timestamp" },
        keeps: { time: (row) => row.dateTime, offset: milliseconds(-1) },
      },
      residual: (left, right) => right.dateTime >= left.dateTime && right.dateTime <= left.expires,
    });
    const closingRows = context.groupRows(closing, { id: "long", category: "long", final: "long?" }, (groups, slot) => ({
      id: groups.keys.id.get(slot),
      category: groups.keys.category.get(slot),
      final: groups.lanes.final.get(slot),
    }));
    const auctionWatermark = context.watermark("auction/watermark", seconds(4));
    const bidWatermark = context.watermark("bid/watermark", seconds(4));

    // auctions |> watermark |> join    line 32
    function processAuctions(batch: ColumnBatch<AuctionsColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        const dateTime = columns.dateTime[row];
        auctionWatermark.observe(dateTime);
        const id = columns.id.get(row);
        if (closingJoin.isLate(dateTime)) continue;
        closingJoin.addLeft([id], { id, dateTime, expires: columns.expires[row], category: columns.category.get(row) });
      }
    }

    // bids |> watermark |> join    line 33
    function processBids(batch: ColumnBatch<BidsColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        const dateTime = columns.dateTime[row];
        bidWatermark.observe(dateTime);
        if (closingJoin.isLate(dateTime)) continue;
        closingJoin.addRight([columns.auction.get(row)], { price: columns.price.get(row), dateTime });
      }
    }

    function finish(): void {
      // closing/join |> aggregate    line 38
      for (const { left, right } of closingJoin.take()) {
        const slot = closing.slot(left.id, left.category);
        closing.lanes.final.add(slot, right.price);
      }

      // closing/aggregate |> aggregate    line 42
      for (const { row, weight } of closingRows.changes()) {
        const slot = q4Groups.slotOfChange(weight, row.category);
        const finalAsDouble = row.final === null ? null : doubleFromLong(row.final);
        if (finalAsDouble !== null) q4Groups.lanes.final.change(slot, weight, finalAsDouble);
      }

      // q4/aggregate |> into    line 42
      const groups = q4Groups.changes();
      for (const slot of groups.slots) {
        const kind = groups.mark(slot, groups.isThere(slot));
        if (kind === undefined) continue;
        context.output.write(kind, { id: groups.keys.id.get(slot), final: groups.lanes.final.get(slot) });
      }
    }

    return { reads: { auctions: processAuctions, bids: processBids }, finish };
  },
});

/** All of the job. */
export const job = defineJob({
  name: "q4",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {
    data: { type: "string", default: () => ".sluice/nexmark" },
  },
  queries: [q4],
  sideOutputs: [],
});

await runMain(import.meta, job);
