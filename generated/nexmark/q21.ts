// Emitted from q21.sluice; change the job and run `sluice build`.
//
// Sink q21 [append] into memory
//   Project auction, bidder, price, channel, case when known = "apple" then "0" when known = "google" then "1" when known = "facebook" then "2" when known = "baidu" then "3" else regexp_extract(url, "(&|^)channel_id=([^&]*)", 2) end as channel_id
//     Filter known in ("apple", "google", "facebook", "baidu") or url rlike "(&|^)channel_id="
//       Project auction, bidder, price, channel, url, lower(channel) as known
//         Source bids: file, json, reads auction, bidder, price, channel, url
import {
  asap,
  type ColumnBatch,
  defineJob,
  defineQuery,
  extractGroup,
  type JsonWriter,
  lowerText,
  nativePattern,
  runMain,
  stringParam,
} from "../../runtime/index.ts";
import { fileSource } from "../../runtime/connectors/file.ts";
import { memorySink } from "../../runtime/connectors/memory.ts";
import { type BidsColumns, bidsReader } from "./q21.reader.ts";

const items = new Set(["apple", "google", "facebook", "baidu"]);
const pattern = nativePattern("(&|^)channel_id=");
const pattern2 = nativePattern("(&|^)channel_id=([^&]*)");

/** A row of q21. */
export interface Q21Row {
  readonly auction: number | bigint;
  readonly bidder: number | bigint;
  readonly price: number | bigint;
  readonly channel: string;
  readonly channel_id: string;
}

function writeQ21(row: Q21Row, out: JsonWriter): void {
  out.raw('{"auction":');
  out.long(row.auction);
  out.raw(',"bidder":');
  out.long(row.bidder);
  out.raw(',"price":');
  out.long(row.price);
  out.raw(',"channel":');
  out.text(row.channel);
  out.raw(',"channel_id":');
  out.text(row.channel_id);
  out.raw('}');
}

/** The query q21, line 18 of q21.sluice. */
export const q21 = defineQuery<Q21Row>({
  name: "q21",
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
  sink: () => memorySink("q21"),
  needsCheckpoint: false,
  columns: [
    { name: "auction", type: "long", nullable: false },
    { name: "bidder", type: "long", nullable: false },
    { name: "price", type: "long", nullable: false },
    { name: "channel", type: "string", nullable: false },
    { name: "channel_id", type: "string", nullable: false },
  ],
  encodeJson: writeQ21,
  plan: [
    "Sink q21 [append] into memory",
    "  Project auction, bidder, price, channel, case when known = \"apple\" then \"0\" when known = \"google\" then \"1\" when known = \"facebook\" then \"2\" when known = \"baidu\" then \"3\" else regexp_extract(url, \"(&|^)channel_id=([^&]*)\", 2) end as channel_id",
    "    Filter known in (\"apple\", \"google\", \"facebook\", \"baidu\") or url rlike \"(&|^)channel_id=\"",
    "      Project auction, bidder, price, channel, url, lower(channel) as known",
    "        Source bids: file, json, reads auction, bidder, price, channel, url",
  ].join("\n"),
  build(context) {
    // bids |> select |> where |> select |> into    line 19
    function process(batch: ColumnBatch<BidsColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        const channel = columns.channel.text(row);
        const known = lowerText(channel);
        const url = columns.url.text(row);
        if (!(items.has(known) || pattern.matches(url))) continue;
        context.output.insert({
          auction: columns.auction.get(row),
          bidder: columns.bidder.get(row),
          price: columns.price.get(row),
          channel,
          channel_id: known === "apple" ? "0" : known === "google" ? "1" : known === "facebook" ? "2" : known === "baidu" ? "3" : extractGroup(url, pattern2, 2),
        });
      }
    }

    return { reads: { bids: process } };
  },
});

/** All of the job. */
export const job = defineJob({
  name: "q21",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {
    data: { type: "string", default: () => ".sluice/nexmark" },
  },
  queries: [q21],
  sideOutputs: [],
});

await runMain(import.meta, job);
