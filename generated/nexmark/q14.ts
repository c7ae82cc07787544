// Emitted from q14.sluice; change the job and run `sluice build`.
//
// Sink q14 [append] into memory
//   Project auction, bidder, euros as price, case when hour(dateTime) >= 8 and hour(dateTime) <= 18 then "dayTime" when hour(dateTime) <= 6 or hour(dateTime) >= 20 then "nightTime" else "otherTime" end as bidTimeType, dateTime, extra, countChar(extra, "c") as c_counts
//     Filter euros > 1000000.000 and euros < 50000000.000
//       Project auction, bidder, dateTime, extra, 0.908 * cast(price as decimal(20,0)) as euros
//         Source bids: file, json, reads auction, bidder, price, dateTime, extra
import {
  asap,
  asLong,
  type ColumnBatch,
  defineJob,
  defineQuery,
  hourOfTimestamp,
  type JsonWriter,
  multiplyDecimal,
  runMain,
  stringParam,
} from "../../runtime/index.ts";
import { fileSource } from "../../runtime/connectors/file.ts";
import { memorySink } from "../../runtime/connectors/memory.ts";
import { countChar } from "../../examples/nexmark/count-char.ts";
import { type BidsColumns, bidsReader } from "./q14.reader.ts";

/** A row of q14. */
export interface Q14Row {
  readonly auction: number | bigint;
  readonly bidder: number | bigint;
  readonly price: number | bigint;
  readonly bidTimeType: string;
  readonly dateTime: number;
  readonly extra: string;
  readonly c_counts: number | bigint;
}

function writeQ14(row: Q14Row, out: JsonWriter): void {
  out.raw('{"auction":');
  out.long(row.auction);
  out.raw(',"bidder":');
  out.long(row.bidder);
  out.raw(',"price":');
  out.decimal(row.price, 3);
  out.raw(',"bidTimeType":');
  out.text(row.bidTimeType);
  out.raw(',"dateTime":');
  out.timestamp(row.dateTime);
  out.raw(',"extra":');
  out.text(row.extra);
  out.raw(',"c_counts":');
  out.long(row.c_counts);
  out.raw('}');
}

/** The query q14, line 18 of q14.sluice. */
export const q14 = defineQuery<Q14Row>({
  name: "q14",
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
  sink: () => memorySink("q14"),
  needsCheckpoint: false,
  columns: [
    { name: "auction", type: "long", nullable: false },
    { name: "bidder", type: "long", nullable: false },
    { name: "price", type: "decimal(24,3)", nullable: false },
    { name: "bidTimeType", type: "string", nullable: false },
    { name: "dateTime", type: "timestamp", nullable: false },
    { name: "extra", type: "string", nullable: false },
    { name: "c_counts", type: "long", nullable: false },
  ],
  encodeJson: writeQ14,
  plan: [
    "Sink q14 [append] into memory",
    "  Project auction, bidder, euros as price, case when hour(dateTime) >= 8 and hour(dateTime) \u003c= 18 then \"dayTime\" when hour(dateTime) \u003c= 6 or hour(dateTime) >= 20 then \"nightTime\" else \"otherTime\" end as bidTimeType, dateTime, extra, countChar(extra, \"c\") as c_counts",
    "    Filter euros > 1000000.000 and euros \u003c 50000000.000",
    "      Project auction, bidder, dateTime, extra, 0.908 * cast(price as decimal(20,0)) as euros",
    "        Source bids: file, json, reads auction, bidder, price, dateTime, extra",
  ].join("\n"),
  build(context) {
    // bids |> select |> where |> select |> into    line 19
    function process(batch: ColumnBatch<BidsColumns>): void {
      const { columns } = batch;
      let row = 0;
      try {
        for (; row < batch.length; row++) {
          const euros = multiplyDecimal(908, columns.price.get(row));
          if (!(euros > 1_000_000_000) || !(euros < 50_000_000_000)) continue;
          const dateTime = columns.dateTime[row];
          const extra = columns.extra.text(row);
          context.output.insert({
            auction: columns.auction.get(row),
            bidder: columns.bidder.get(row),
            price: euros,
            bidTimeType: hourOfTimestamp(dateTime) >= 8 && hourOfTimestamp(dateTime) <= 18 ? "dayTime" : hourOfTimestamp(dateTime) <= 6 || hourOfTimestamp(dateTime) >= 20 ? "nightTime" : "otherTime",
            dateTime,
            extra,
            c_counts: asLong(countChar(extra, "c"), "countChar"),
          });
        }
      } catch (error) {
        throw context.rowFailure(error, batch, row, "countChar");
      }
    }

    return { reads: { bids: process } };
  },
});

/** All of the job. */
export const job = defineJob({
  name: "q14",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {
    data: { type: "string", default: () => ".sluice/nexmark" },
  },
  queries: [q14],
  sideOutputs: [],
});

await runMain(import.meta, job);
