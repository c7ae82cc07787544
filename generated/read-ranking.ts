// Emitted from read-ranking.sluice; change the job and run `sluice build`.
//
// Sink ranked_pages [append] into memory
//   Project window_start, window_end, rank, url, hits, _kafka.offset as place
//     Table ranked: kafka, json, reads window_start, window_end, rank, url, hits, _kafka
import {
  asap,
  type ColumnBatch,
  defineJob,
  defineQuery,
  type JsonWriter,
  runMain,
  stringParam,
} from "../runtime/index.ts";
import { kafkaSource } from "../runtime/connectors/kafka.ts";
import { memorySink } from "../runtime/connectors/memory.ts";
import { type RankedColumns, rankedReader } from "./read-ranking.reader.ts";

/** A row of ranked_pages. */
export interface RankedPagesRow {
  readonly window_start: number;
  readonly window_end: number;
  readonly rank: number;
  readonly url: string;
  readonly hits: number | bigint;
  readonly place: number | bigint;
}

function writeRankedPages(row: RankedPagesRow, out: JsonWriter): void {
  out.raw('{"window_start":');
  out.timestamp(row.window_start);
  out.raw(',"window_end":');
  out.timestamp(row.window_end);
  out.raw(',"rank":');
  out.int(row.rank);
  out.raw(',"url":');
  out.text(row.url);
  out.raw(',"hits":');
  out.long(row.hits);
  out.raw(',"place":');
  out.long(row.place);
  out.raw('}');
}

/** The query ranked_pages, line 15 of read-ranking.sluice. */
export const ranked_pages = defineQuery<RankedPagesRow>({
  name: "ranked_pages",
  mode: "append",
  trigger: () => asap,
  reads: {
    ranked: {
      input: "ranked",
      bounded: true,
      connector: (params) => kafkaSource({ brokers: stringParam(params, "brokers"), subscribe: stringParam(params, "ranking") }),
      format: "json",
      reader: rankedReader,
      malformed: "fail",
    },
  },
  sink: () => memorySink("ranked_pages"),
  needsCheckpoint: false,
  columns: [
    { name: "window_start", type: "timestamp", nullable: false },
    { name: "window_end", type: "timestamp", nullable: false },
    { name: "rank", type: "int", nullable: false },
    { name: "url", type: "string", nullable: false },
    { name: "hits", type: "long", nullable: false },
    { name: "place", type: "long", nullable: false },
  ],
  encodeJson: writeRankedPages,
  plan: [
    "Sink ranked_pages [append] into memory",
    "  Project window_start, window_end, rank, url, hits, _kafka.offset as place",
    "    Table ranked: kafka, json, reads window_start, window_end, rank, url, hits, _kafka",
  ].join("\n"),
  build(context) {
    // ranked |> select |> into    line 16
    function process(batch: ColumnBatch<RankedColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        context.output.insert({
          window_start: columns.window_start[row],
          window_end: columns.window_end[row],
          rank: columns.rank[row],
          url: columns.url.text(row),
          hits: columns.hits.get(row),
          place: columns._kafka.get(row).offset,
        });
      }
    }

    return { reads: { ranked: process } };
  },
});

/** All of the job. */
export const job = defineJob({
  name: "read-ranking",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {
    brokers: { type: "string", default: (env) => env("KAFKA_BROKERS") ?? "localhost:9092" },
    ranking: { type: "string", default: () => "ranked-pages" },
  },
  queries: [ranked_pages],
  sideOutputs: [],
});

await runMain(import.meta, job);
