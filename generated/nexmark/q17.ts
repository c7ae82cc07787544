// Emitted from q17.sluice; change the job and run `sluice build`.
//
// Sink q17 [update] into memory
//   Aggregate [onChange] key=[auction, date_format(dateTime, "yyyy-MM-dd") as day] total_bids=count() rank1_bids=count(where price < 10000) rank2_bids=count(where price >= 10000 and price < 1000000) rank3_bids=count(where price >= 1000000) min_price=min(price) max_price=max(price) avg_price=avg(cast(price as double)) sum_price=sum(price)   state q17/aggregate: keys
//     Source bids: file, json, reads auction, price, dateTime
import {
  asap,
  averageDouble,
  type ColumnBatch,
  count,
  defineJob,
  defineQuery,
  doubleFromLong,
  type JsonWriter,
  maxLong,
  minLong,
  runMain,
  stringParam,
  sumLong,
  timestampFormat,
} from "../../runtime/index.ts";
import { fileSource } from "../../runtime/connectors/file.ts";
import { memorySink } from "../../runtime/connectors/memory.ts";
import { type BidsColumns, bidsReader } from "./q17.reader.ts";

const format = timestampFormat("yyyy-MM-dd");

/** A row of q17. */
export interface Q17Row {
  readonly auction: number | bigint;
  readonly day: string;
  readonly total_bids: number | bigint;
  readonly rank1_bids: number | bigint;
  readonly rank2_bids: number | bigint;
  readonly rank3_bids: number | bigint;
  readonly min_price: number | bigint | null;
  readonly max_price: number | bigint | null;
  readonly avg_price: number | null;
  readonly sum_price: number | bigint | null;
}

function writeQ17(row: Q17Row, out: JsonWriter): void {
  out.raw('{"auction":');
  out.long(row.auction);
  out.raw(',"day":');
  out.text(row.day);
  out.raw(',"total_bids":');
  out.long(row.total_bids);
  out.raw(',"rank1_bids":');
  out.long(row.rank1_bids);
  out.raw(',"rank2_bids":');
  out.long(row.rank2_bids);
  out.raw(',"rank3_bids":');
  out.long(row.rank3_bids);
  out.raw(',"min_price":');
  out.long(row.min_price);
  out.raw(',"max_price":');
  out.long(row.max_price);
  out.raw(',"avg_price":');
  out.double(row.avg_price);
  out.raw(',"sum_price":');
  out.long(row.sum_price);
  out.raw('}');
}

/** The query q17, line 17 of q17.sluice. */
export const q17 = defineQuery<Q17Row>({
  name: "q17",
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
  sink: () => memorySink("q17"),
  needsCheckpoint: false,
  columns: [
    { name: "auction", type: "long", nullable: false },
    { name: "day", type: "string", nullable: false },
    { name: "total_bids", type: "long", nullable: false },
    { name: "rank1_bids", type: "long", nullable: false },
    { name: "rank2_bids", type: "long", nullable: false },
    { name: "rank3_bids", type: "long", nullable: false },
    { name: "min_price", type: "long", nullable: true },
    { name: "max_price", type: "long", nullable: true },
    { name: "avg_price", type: "double", nullable: true },
    { name: "sum_price", type: "long", nullable: true },
  ],
  key: ["auction", "day"],
  encodeJson: writeQ17,
  plan: [
    "Sink q17 [update] into memory",
    "  Aggregate [onChange] key=[auction, date_format(dateTime, \"yyyy-MM-dd\") as day] total_bids=count() rank1_bids=count(where price \u003c 10000) rank2_bids=count(where price >= 10000 and price \u003c 1000000) rank3_bids=count(where price >= 1000000) min_price=min(price) max_price=max(price) avg_price=avg(cast(price as double)) sum_price=sum(price)   state q17/aggregate: keys",
    "    Source bids: file, json, reads auction, price, dateTime",
  ].join("\n"),
  build(context) {
    const q17Groups = context.groups("q17/aggregate", {
      key: { auction: "long", day: "string" },
      lanes: () => ({
        total_bids: count(),
        rank1_bids: count(),
        rank2_bids: count(),
        rank3_bids: count(),
        min_price: minLong(),
        max_price: maxLong(),
        avg_price: averageDouble(),
        sum_price: sumLong(),
      }),
    });

    // bids |> aggregate    line 19
    function process(batch: ColumnBatch<BidsColumns>): void {
      const { columns } = batch;
      let row = 0;
      try {
        for (; row < batch.length; row++) {
          const price = columns.price.get(row);
          const slot = q17Groups.slot(columns.auction.get(row), format.format(columns.dateTime[row]));
          q17Groups.lanes.total_bids.add(slot);
          if (price < 10_000) q17Groups.lanes.rank1_bids.add(slot);
          if (price >= 10_000 && price < 1_000_000) q17Groups.lanes.rank2_bids.add(slot);
          if (price >= 1_000_000) q17Groups.lanes.rank3_bids.add(slot);
          q17Groups.lanes.min_price.add(slot, price);
          q17Groups.lanes.max_price.add(slot, price);
          q17Groups.lanes.avg_price.add(slot, doubleFromLong(price));
          q17Groups.lanes.sum_price.add(slot, price);
        }
      } catch (error) {
        throw context.rowFailure(error, batch, row);
      }
    }

    function finish(): void {
      // q17/aggregate |> into    line 19
      const groups = q17Groups.changes();
      for (const slot of groups.slots) {
        context.output.write(groups.markPresent(slot), {
          auction: groups.keys.auction.get(slot),
          day: groups.keys.day.get(slot),
          total_bids: groups.lanes.total_bids.get(slot),
          rank1_bids: groups.lanes.rank1_bids.get(slot),
          rank2_bids: groups.lanes.rank2_bids.get(slot),
          rank3_bids: groups.lanes.rank3_bids.get(slot),
          min_price: groups.lanes.min_price.get(slot),
          max_price: groups.lanes.max_price.get(slot),
          avg_price: groups.lanes.avg_price.get(slot),
          sum_price: groups.lanes.sum_price.get(slot),
        });
      }
    }

    return { reads: { bids: process }, finish };
  },
});

/** All of the job. */
export const job = defineJob({
  name: "q17",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {
    data: { type: "string", default: () => ".sluice/nexmark" },
  },
  queries: [q17],
  sideOutputs: [],
});

await runMain(import.meta, job);
