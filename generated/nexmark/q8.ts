// Emitted from q8.sluice; change the job and run `sluice build`.
//
// Sink q8 [append] into memory
//   Project id, name, window_start as stime
//     Join inner on id = seller and window_start = window_start and window_end = window_end   state q8/join: left: P rows until window_end + 4s; right: A rows until window_end + 4s
//       Aggregate [onClose] key=[id, name, tumbling(dateTime, 10s)]   state newcomers/aggregate: keys × 2 (windows of 10s over 10s + 4s delay)
//         Watermark dateTime − 4s, late drop
//           Source persons: file, json, reads id, name, dateTime
//       Aggregate [onClose] key=[seller, tumbling(dateTime, 10s)]   state sellers/aggregate: keys × 2 (windows of 10s over 10s + 4s delay)
//         Watermark dateTime − 4s, late drop
//           Source auctions: file, json, reads dateTime, seller
import {
  asap,
  type ColumnBatch,
  defineJob,
  defineQuery,
  type JsonWriter,
  runMain,
  seconds,
  stringParam,
  tumblingWindow,
} from "../../runtime/index.ts";
import { fileSource } from "../../runtime/connectors/file.ts";
import { memorySink } from "../../runtime/connectors/memory.ts";
import { type AuctionsColumns, auctionsReader, type PersonsColumns, personsReader } from "./q8.reader.ts";

/** A row of q8. */
export interface Q8Row {
  readonly id: number | bigint;
  readonly name: string;
  readonly stime: number;
}

function writeQ8(row: Q8Row, out: JsonWriter): void {
  out.raw('{"id":');
  out.long(row.id);
  out.raw(',"name":');
  out.text(row.name);
  out.raw(',"stime":');
  out.timestamp(row.stime);
  out.raw('}');
}

/** The query q8, line 43 of q8.sluice. */
export const q8 = defineQuery<Q8Row>({
  name: "q8",
  mode: "append",
  trigger: () => asap,
  reads: {
    persons: {
      input: "persons",
      bounded: false,
      connector: (params) => fileSource({ path: stringParam(params, "data") + "/person", maxFilesPerTrigger: 1 }),
      format: "json",
      reader: personsReader,
      malformed: "fail",
    },
    auctions: {
      input: "auctions",
      bounded: false,
      connector: (params) => fileSource({ path: stringParam(params, "data") + "/auction", maxFilesPerTrigger: 1 }),
      format: "json",
      reader: auctionsReader,
      malformed: "fail",
    },
  },
  sink: () => memorySink("q8"),
  needsCheckpoint: false,
  columns: [
    { name: "id", type: "long", nullable: false },
    { name: "name", type: "string", nullable: false },
    { name: "stime", type: "timestamp", nullable: false },
  ],
  encodeJson: writeQ8,
  plan: [
    "Sink q8 [append] into memory",
    "  Project id, name, window_start as stime",
    "    Join inner on id = seller and window_start = window_start and window_end = window_end   state q8/join: left: P rows until window_end + 4s; right: A rows until window_end + 4s",
    "      Aggregate [onClose] key=[id, name, tumbling(dateTime, 10s)]   state newcomers/aggregate: keys × 2 (windows of 10s over 10s + 4s delay)",
    "        Watermark dateTime − 4s, late drop",
    "          Source persons: file, json, reads id, name, dateTime",
    "      Aggregate [onClose] key=[seller, tumbling(dateTime, 10s)]   state sellers/aggregate: keys × 2 (windows of 10s over 10s + 4s delay)",
    "        Watermark dateTime − 4s, late drop",
    "          Source auctions: file, json, reads dateTime, seller",
  ].join("\n"),
  build(context) {
    const newcomers = context.groups("newcomers/aggregate", {
      key: { id: "long", name: "string" },
      window: tumblingWindow(seconds(10)),
      closing: "window end",
      lanes: () => ({}),
    });
    const sellers = context.groups("sellers/aggregate", {
      key: { seller: "long" },
      window: tumblingWindow(seconds(10)),
      closing: "window end",
      lanes: () => ({}),
    });
    const q8Join = context.streamJoin("q8/join", {
      kind: "inner",
      key: { id: "long", window_start: "timestamp", window_end: "timestamp" },
      left: {
        columns: { id: "long", name: "string", window_start: "timestamp", window_end: "timestamp" },
        keeps: { time: (row) => row.window_end, offset: 0 },
      },
      right: {
        columns: { window_end: "timestamp" },
        keeps: { time: (row) => row.window_end, offset: 0 },
      },
    });
    const personWatermark = context.watermark("person/watermark", seconds(4));
    const auctionWatermark = context.watermark("auction/watermark", seconds(4));

    // persons |> watermark |> aggregate    line 37
    function processPersons(batch: ColumnBatch<PersonsColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        const dateTime = columns.dateTime[row];
        personWatermark.observe(dateTime);
        if (newcomers.isLate(dateTime)) continue;
        newcomers.slot(dateTime, columns.id.get(row), columns.name.key(row));
      }
    }

    // auctions |> watermark |> aggregate    line 41
    function processAuctions(batch: ColumnBatch<AuctionsColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        const dateTime = columns.dateTime[row];
        auctionWatermark.observe(dateTime);
        if (sellers.isLate(dateTime)) continue;
        sellers.slot(dateTime, columns.seller.get(row));
      }
    }

    function finish(): void {
      // newcomers/aggregate |> join    line 37
      const newcomersResult = newcomers.closed();
      for (const slot of newcomersResult.slots) {
        const id = newcomersResult.keys.id.get(slot);
        const window_start = newcomersResult.windowStart(slot);
        const window_end = newcomersResult.windowEnd(slot);
        if (q8Join.isLate(window_end)) continue;
        q8Join.addLeft([id, window_start, window_end], { id, name: newcomersResult.keys.name.get(slot), window_start, window_end });
      }

      // sellers/aggregate |> join    line 41
      const sellersResult = sellers.closed();
      for (const slot of sellersResult.slots) {
        const window_end = sellersResult.windowEnd(slot);
        if (q8Join.isLate(window_end)) continue;
        q8Join.addRight([sellersResult.keys.seller.get(slot), sellersResult.windowStart(slot), window_end], { window_end });
      }

      // q8/join |> select |> into    line 45
      for (const { left } of q8Join.take()) {
        context.output.insert({ id: left.id, name: left.name, stime: left.window_start });
      }
    }

    return { reads: { persons: processPersons, auctions: processAuctions }, finish };
  },
});

/** All of the job. */
export const job = defineJob({
  name: "q8",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {
    data: { type: "string", default: () => ".sluice/nexmark" },
  },
  queries: [q8],
  sideOutputs: [],
});

await runMain(import.meta, job);
