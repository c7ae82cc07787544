// Emitted from q6.sluice; change the job and run `sluice build`.
//
// Sink q6 [update] into memory
//   Aggregate [onChange, over changes] key=[seller] avg_price=avg(cast(price as double))   state q6/aggregate: keys
//     Top [onChange, over changes] 11 by dateTime desc per seller   state q6/top: every row below
//       Top [onChange] 1 by price desc per id, seller   state winning/top: keys × 1 row
//         Project id, seller, price, dateTime
//           Join inner on id = auction and dateTime >= dateTime and dateTime <= expires   state winning/join: left: A rows until expires + 4s; right: B rows for 4s of event time
//             Watermark dateTime − 4s, late drop
//               Source auctions: file, json, reads id, dateTime, expires, seller
//             Watermark dateTime − 4s, late drop
//               Source bids: file, json, reads auction, price, dateTime
import {
  asap,
  changingAverageDouble,
  type ColumnBatch,
  defineJob,
  defineQuery,
  descending,
  doubleFromLong,
  type JsonWriter,
  milliseconds,
  runMain,
  seconds,
  stringParam,
} from "../../runtime/index.ts";
import { fileSource } from "../../runtime/connectors/file.ts";
import { memorySink } from "../../runtime/connectors/memory.ts";
import { type AuctionsColumns, auctionsReader, type BidsColumns, bidsReader } from "./q6.reader.ts";

/** A row of q6. */
export interface Q6Row {
  readonly seller: number | bigint;
  readonly avg_price: number | null;
}

function writeQ6(row: Q6Row, out: JsonWriter): void {
  out.raw('{"seller":');
  out.long(row.seller);
  out.raw(',"avg_price":');
  out.double(row.avg_price);
  out.raw('}');
}

/** The query q6, line 41 of q6.sluice. */
export const q6 = defineQuery<Q6Row>({
  name: "q6",
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
  sink: () => memorySink("q6"),
  needsCheckpoint: false,
  columns: [
    { name: "seller", type: "long", nullable: false },
    { name: "avg_price", type: "double", nullable: true },
  ],
  key: ["seller"],
  encodeJson: writeQ6,
  plan: [
    "Sink q6 [update] into memory",
    "  Aggregate [onChange, over changes] key=[seller] avg_price=avg(cast(price as double))   state q6/aggregate: keys",
    "    Top [onChange, over changes] 11 by dateTime desc per seller   state q6/top: every row below",
    "      Top [onChange] 1 by price desc per id, seller   state winning/top: keys × 1 row",
    "        Project id, seller, price, dateTime",
    "          Join inner on id = auction and dateTime >= dateTime and dateTime \u003c= expires   state winning/join: left: A rows until expires + 4s; right: B rows for 4s of event time",
    "            Watermark dateTime − 4s, late drop",
    "              Source auctions: file, json, reads id, dateTime, expires, seller",
    "            Watermark dateTime − 4s, late drop",
    "              Source bids: file, json, reads auction, price, dateTime",
  ].join("\n"),
  build(context) {
    const q6Groups = context.groups("q6/aggregate", {
      key: { seller: "long" },
      counted: true,
      underWatermark: true,
      above: ["winning/join"],
      lanes: () => ({ avg_price: changingAverageDouble() }),
    });
    const winningJoin = context.streamJoin("winning/join", {
      kind: "inner",
      key: { id: "long" },
      left: {
        columns: { id: "long", dateTime: "timestamp", expires: "timestamp", seller: "long" },
        keeps: { time: (row) => row.expires, offset: milliseconds(-1) },
      },
      right: {
        columns: { price: "long", dateTime: "timestamp" },
        keeps: { time: (row) => row.dateTime, offset: milliseconds(-1) },
      },
      residual: (left, right) => right.dateTime >= left.dateTime && right.dateTime <= left.expires,
    });
    const winningTop = context.top("winning/top", {
      count: 1,
      ties: false,
      ranked: false,
      per: { id: "long", seller: "long" },
      columns: { id: "long", seller: "long", price: "long", dateTime: "timestamp" },
      by: [descending((row: { readonly price: number | bigint }) => row.price, "long")],
      underWatermark: true,
      above: ["winning/join"],
    });
    const q6Top = context.top("q6/top", {
      count: 11,
      ties: false,
      ranked: false,
      per: { seller: "long" },
      columns: { id: "long", seller: "long", price: "long", dateTime: "timestamp" },
      by: [descending((row: { readonly dateTime: number }) => row.dateTime, "timestamp")],
      takesBack: true,
      underWatermark: true,
      above: ["winning/join"],
    });
    const auctionWatermark = context.watermark("auction/watermark", seconds(4));
    const bidWatermark = context.watermark("bid/watermark", seconds(4));

    // auctions |> watermark |> join    line 32
    function processAuctions(batch: ColumnBatch<AuctionsColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        const dateTime = columns.dateTime[row];
        auctionWatermark.observe(dateTime);
        const id = columns.id.get(row);
        if (winningJoin.isLate(dateTime)) continue;
        winningJoin.addLeft([id], { id, dateTime, expires: columns.expires[row], seller: columns.seller.get(row) });
      }
    }

    // bids |> watermark |> join    line 33
    function processBids(batch: ColumnBatch<BidsColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        const dateTime = columns.dateTime[row];
        bidWatermark.observe(dateTime);
        if (winningJoin.isLate(dateTime)) continue;
        winningJoin.addRight([columns.auction.get(row)], { price: columns.price.get(row), dateTime });
      }
    }

    function finish(): void {
      // winning/join |> top    line 37
      for (const { left, right } of winningJoin.take()) {
        const key = [left.id, left.seller];
        if (!winningTop.admits(key, { price: right.price })) continue;
        winningTop.add(key, { id: left.id, seller: left.seller, price: right.price, dateTime: right.dateTime });
      }

      // winning/top |> top    line 39
      for (const { row, weight } of winningTop.changes()) {
        q6Top.change(weight, [row.seller], row);
      }

      // q6/top |> aggregate    line 44
      for (const { row, weight } of q6Top.changes()) {
        const slot = q6Groups.slotOfChange(weight, row.seller);
        q6Groups.lanes.avg_price.change(slot, weight, doubleFromLong(row.price));
      }

      // q6/aggregate |> into    line 44
      const groups = q6Groups.changes();
      for (const slot of groups.slots) {
        const kind = groups.mark(slot, groups.isThere(slot));
        if (kind === undefined) continue;
        context.output.write(kind, { seller: groups.keys.seller.get(slot), avg_price: groups.lanes.avg_price.get(slot) });
      }
    }

    return { reads: { auctions: processAuctions, bids: processBids }, finish };
  },
});

/** All of the job. */
export const job = defineJob({
  name: "q6",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {
    data: { type: "string", default: () => ".sluice/nexmark" },
  },
  queries: [q6],
  sideOutputs: [],
});

await runMain(import.meta, job);
