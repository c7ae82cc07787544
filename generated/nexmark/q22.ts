// Emitted from q22.sluice; change the job and run `sluice build`.
//
// Sink q22 [append] into memory
//   Project auction, bidder, price, channel, get(parts, 3) as dir1, get(parts, 4) as dir2, get(parts, 5) as dir3
//     Project auction, bidder, price, channel, split(url, "/") as parts
//       Source bids: file, json, reads auction, bidder, price, channel, url
import {
  asap,
  type ColumnBatch,
  defineJob,
  defineQuery,
  itemOrNull,
  type JsonWriter,
  runMain,
  splitByText,
  stringParam,
} from "../../runtime/index.ts";
import { fileSource } from "../../runtime/connectors/file.ts";
import { memorySink } from "../../runtime/connectors/memory.ts";
import { type BidsColumns, bidsReader } from "./q22.reader.ts";

/** A row of q22. */
export interface Q22Row {
  readonly auction: number | bigint;
  readonly bidder: number | bigint;
  readonly price: number | bigint;
  readonly channel: string;
  readonly dir1: string | null;
  readonly dir2: string | null;
  readonly dir3: string | null;
}

function writeQ22(row: Q22Row, out: JsonWriter): void {
  out.raw('{"auction":');
  out.long(row.auction);
  out.raw(',"bidder":');
  out.long(row.bidder);
  out.raw(',"price":');
  out.long(row.price);
  out.raw(',"channel":');
  out.text(row.channel);
  out.raw(',"dir1":');
  out.text(row.dir1);
  out.raw(',"dir2":');
  out.text(row.dir2);
  out.raw(',"dir3":');
  out.text(row.dir3);
  out.raw('}');
}

/** The query q22, line 18 of q22.sluice. */
export const q22 = defineQuery<Q22Row>({
  name: "q22",
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
  sink: () => memorySink("q22"),
  needsCheckpoint: false,
  columns: [
    { name: "auction", type: "long", nullable: false },
    { name: "bidder", type: "long", nullable: false },
    { name: "price", type: "long", nullable: false },
    { name: "channel", type: "string", nullable: false },
    { name: "dir1", type: "string", nullable: true },
    { name: "dir2", type: "string", nullable: true },
    { name: "dir3", type: "string", nullable: true },
  ],
  encodeJson: writeQ22,
  plan: [
    "Sink q22 [append] into memory",
    "  Project auction, bidder, price, channel, get(parts, 3) as dir1, get(parts, 4) as dir2, get(parts, 5) as dir3",
    "    Project auction, bidder, price, channel, split(url, \"/\") as parts",
    "      Source bids: file, json, reads auction, bidder, price, channel, url",
  ].join("\n"),
  build(context) {
    // bids |> select |> select |> into    line 19
    function process(batch: ColumnBatch<BidsColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        const parts = splitByText(columns.url.text(row), "/");
        context.output.insert({
          auction: columns.auction.get(row),
          bidder: columns.bidder.get(row),
          price: columns.price.get(row),
          channel: columns.channel.text(row),
          dir1: itemOrNull(parts, 3),
          dir2: itemOrNull(parts, 4),
          dir3: itemOrNull(parts, 5),
        });
      }
    }

    return { reads: { bids: process } };
  },
});

/** All of the job. */
export const job = defineJob({
  name: "q22",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {
    data: { type: "string", default: () => ".sluice/nexmark" },
  },
  queries: [q22],
  sideOutputs: [],
});

await runMain(import.meta, job);
