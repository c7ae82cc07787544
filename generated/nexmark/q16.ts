// Emitted from q16.sluice; change the job and run `sluice build`.
//
// Sink q16 [update] into memory
//   Aggregate [onChange] key=[channel, date_format(dateTime, "yyyy-MM-dd") as day] minute=max(date_format(dateTime, "HH:mm")) total_bids=count() rank1_bids=count(where price < 10000) rank2_bids=count(where price >= 10000 and price < 1000000) rank3_bids=count(where price >= 1000000) total_bidders=count(distinct bidder) rank1_bidders=count(distinct bidder where price < 10000) rank2_bidders=count(distinct bidder where price >= 10000 and price < 1000000) rank3_bidders=count(distinct bidder where price >= 1000000) total_auctions=count(distinct auction) rank1_auctions=count(distinct auction where price < 10000) rank2_auctions=count(distinct auction where price >= 10000 and price < 1000000) rank3_auctions=count(distinct auction where price >= 1000000)   state q16/aggregate: keys × values
//     Source bids: file, json, reads auction, bidder, price, channel, dateTime
import {
  asap,
  type ColumnBatch,
  count,
  defineJob,
  defineQuery,
  distinctCounts,
  type JsonWriter,
  maxText,
  runMain,
  stringParam,
  timestampFormat,
} from "../../runtime/index.ts";
import { fileSource } from "../../runtime/connectors/file.ts";
import { memorySink } from "../../runtime/connectors/memory.ts";
import { type BidsColumns, bidsReader } from "./q16.reader.ts";

const format = timestampFormat("yyyy-MM-dd");
const format2 = timestampFormat("HH:mm");

/** A row of q16. */
export interface Q16Row {
  readonly channel: string;
  readonly day: string;
  readonly minute: string | null;
  readonly total_bids: number | bigint;
  readonly rank1_bids: number | bigint;
  readonly rank2_bids: number | bigint;
  readonly rank3_bids: number | bigint;
  readonly total_bidders: number | bigint;
  readonly rank1_bidders: number | bigint;
  readonly rank2_bidders: number | bigint;
  readonly rank3_bidders: number | bigint;
  readonly total_auctions: number | bigint;
  readonly rank1_auctions: number | bigint;
  readonly rank2_auctions: number | bigint;
  readonly rank3_auctions: number | bigint;
}

function writeQ16(row: Q16Row, out: JsonWriter): void {
  out.raw('{"channel":');
  out.text(row.channel);
  out.raw(',"day":');
  out.text(row.day);
  out.raw(',"minute":');
  out.text(row.minute);
  out.raw(',"total_bids":');
  out.long(row.total_bids);
  out.raw(',"rank1_bids":');
  out.long(row.rank1_bids);
  out.raw(',"rank2_bids":');
  out.long(row.rank2_bids);
  out.raw(',"rank3_bids":');
  out.long(row.rank3_bids);
  out.raw(',"total_bidders":');
  out.long(row.total_bidders);
  out.raw(',"rank1_bidders":');
  out.long(row.rank1_bidders);
  out.raw(',"rank2_bidders":');
  out.long(row.rank2_bidders);
  out.raw(',"rank3_bidders":');
  out.long(row.rank3_bidders);
  out.raw(',"total_auctions":');
  out.long(row.total_auctions);
  out.raw(',"rank1_auctions":');
  out.long(row.rank1_auctions);
  out.raw(',"rank2_auctions":');
  out.long(row.rank2_auctions);
  out.raw(',"rank3_auctions":');
  out.long(row.rank3_auctions);
  out.raw('}');
}

/** The query q16, line 17 of q16.sluice. */
export const q16 = defineQuery<Q16Row>({
  name: "q16",
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
  sink: () => memorySink("q16"),
  needsCheckpoint: false,
  columns: [
    { name: "channel", type: "string", nullable: false },
    { name: "day", type: "string", nullable: false },
    { name: "minute", type: "string", nullable: true },
    { name: "total_bids", type: "long", nullable: false },
    { name: "rank1_bids", type: "long", nullable: false },
    { name: "rank2_bids", type: "long", nullable: false },
    { name: "rank3_bids", type: "long", nullable: false },
    { name: "total_bidders", type: "long", nullable: false },
    { name: "rank1_bidders", type: "long", nullable: false },
    { name: "rank2_bidders", type: "long", nullable: false },
    { name: "rank3_bidders", type: "long", nullable: false },
    { name: "total_auctions", type: "long", nullable: false },
    { name: "rank1_auctions", type: "long", nullable: false },
    { name: "rank2_auctions", type: "long", nullable: false },
    { name: "rank3_auctions", type: "long", nullable: false },
  ],
  key: ["channel", "day"],
  encodeJson: writeQ16,
  plan: [
    "Sink q16 [update] into memory",
    "  Aggregate [onChange] key=[channel, date_format(dateTime, \"yyyy-MM-dd\") as day] minute=max(date_format(dateTime, \"HH:mm\")) total_bids=count() rank1_bids=count(where price \u003c 10000) rank2_bids=count(where price >= 10000 and price \u003c 1000000) rank3_bids=count(where price >= 1000000) total_bidders=count(distinct bidder) rank1_bidders=count(distinct bidder where price \u003c 10000) rank2_bidders=count(distinct bidder where price >= 10000 and price \u003c 1000000) rank3_bidders=count(distinct bidder where price >= 1000000) total_auctions=count(distinct auction) rank1_auctions=count(distinct auction where price \u003c 10000) rank2_auctions=count(distinct auction where price >= 10000 and price \u003c 1000000) rank3_auctions=count(distinct auction where price >= 1000000)   state q16/aggregate: keys × values",
    "    Source bids: file, json, reads auction, bidder, price, channel, dateTime",
  ].join("\n"),
  build(context) {
    const q16Groups = context.groups("q16/aggregate", {
      key: { channel: "string", day: "string" },
      lanes: () => ({
        minute: maxText(),
        total_bids: count(),
        rank1_bids: count(),
        rank2_bids: count(),
        rank3_bids: count(),
        total_bidders: distinctCounts(4, "long"),
        total_auctions: distinctCounts(4, "long"),
      }),
    });

    // bids |> aggregate    line 19
    function process(batch: ColumnBatch<BidsColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        const auction = columns.auction.get(row);
        const bidder = columns.bidder.get(row);
        const price = columns.price.get(row);
        const dateTime = columns.dateTime[row];
        const slot = q16Groups.slot(columns.channel.key(row), format.format(dateTime));
        const forRank1_bids = price < 10_000;
        const forRank2_bids = price >= 10_000 && price < 1_000_000;
        const forRank3_bids = price >= 1_000_000;
        q16Groups.lanes.minute.add(slot, format2.format(dateTime));
        q16Groups.lanes.total_bids.add(slot);
        if (forRank1_bids) q16Groups.lanes.rank1_bids.add(slot);
        if (forRank2_bids) q16Groups.lanes.rank2_bids.add(slot);
        if (forRank3_bids) q16Groups.lanes.rank3_bids.add(slot);
        const total_biddersBits = 1 | (forRank1_bids ? 2 : 0) | (forRank2_bids ? 4 : 0) | (forRank3_bids ? 8 : 0);
        q16Groups.lanes.total_bidders.add(slot, total_biddersBits, bidder);
        q16Groups.lanes.total_auctions.add(slot, total_biddersBits, auction);
      }
    }

    function finish(): void {
      // q16/aggregate |> into    line 19
      const groups = q16Groups.changes();
      for (const slot of groups.slots) {
        context.output.write(groups.markPresent(slot), {
          channel: groups.keys.channel.get(slot),
          day: groups.keys.day.get(slot),
          minute: groups.lanes.minute.get(slot),
          total_bids: groups.lanes.total_bids.get(slot),
          rank1_bids: groups.lanes.rank1_bids.get(slot),
          rank2_bids: groups.lanes.rank2_bids.get(slot),
          rank3_bids: groups.lanes.rank3_bids.get(slot),
          total_bidders: groups.lanes.total_bidders.get(slot, 0),
          rank1_bidders: groups.lanes.total_bidders.get(slot, 1),
          rank2_bidders: groups.lanes.total_bidders.get(slot, 2),
          rank3_bidders: groups.lanes.total_bidders.get(slot, 3),
          total_auctions: groups.lanes.total_auctions.get(slot, 0),
          rank1_auctions: groups.lanes.total_auctions.get(slot, 1),
          rank2_auctions: groups.lanes.total_auctions.get(slot, 2),
          rank3_auctions: groups.lanes.total_auctions.get(slot, 3),
        });
      }
    }

    return { reads: { bids: process }, finish };
  },
});

/** All of the job. */
export const job = defineJob({
  name: "q16",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {
    data: { type: "string", default: () => ".sluice/nexmark" },
  },
  queries: [q16],
  sideOutputs: [],
});

await runMain(import.meta, job);
