// Emitted from ranked-pages.sluice; change the job and run `sluice build`.
//
// Sink ranked_pages [append] into kafka
//   Project window_start, window_end, rank, url, hits
//     Top [onClose] 10 as rank by hits desc, url per window_start, window_end   state ranked_pages/top: keys × 10 rows within 2h delay
//       Aggregate [onClose] key=[url, sliding(timestamp, 6h, every 2h)] hits=count()   state ranked_pages/aggregate: keys × 4 (panes of 2h over 6h + 2h delay)
//         Watermark timestamp − 2h, late into late_requests
//           Filter url is not null
//             Project host, timestamp, request, http_reply, bytes, contentPath(request) as url
//               Source weblogs: kafka, json, reads host, timestamp, request, http_reply, bytes
import {
  asap,
  ascending,
  asTextOrNull,
  type ColumnBatch,
  count,
  defineJob,
  defineQuery,
  descending,
  hours,
  jsonTextOf,
  type JsonWriter,
  runMain,
  slidingWindow,
  stringParam,
} from "../runtime/index.ts";
import { kafkaSink, kafkaSource } from "../runtime/connectors/kafka.ts";
import { contentPath } from "../examples/web-log/pages.ts";
import { type WeblogsColumns, weblogsReader } from "./ranked-pages.reader.ts";

const keyJson = jsonTextOf({ record: [["window_start", "timestamp"], ["rank", "int"]] });

/** A late row of late_requests. */
export interface LateRequestsRow {
  readonly host: string;
  readonly timestamp: number;
  readonly request: string;
  readonly http_reply: string;
  readonly bytes: string | null;
  readonly late_by: number;
  readonly step: string;
}

function writeLateRequests(row: LateRequestsRow, out: JsonWriter): void {
  out.raw('{"host":');
  out.text(row.host);
  out.raw(',"timestamp":');
  out.timestamp(row.timestamp);
  out.raw(',"request":');
  out.text(row.request);
  out.raw(',"http_reply":');
  out.text(row.http_reply);
  out.raw(',"bytes":');
  out.text(row.bytes);
  out.raw(',"late_by":');
  out.duration(row.late_by);
  out.raw(',"step":');
  out.text(row.step);
  out.raw('}');
}

/** A row of ranked_pages. */
export interface RankedPagesRow {
  readonly window_start: number;
  readonly window_end: number;
  readonly rank: number;
  readonly url: string | null;
  readonly hits: number | bigint;
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
  out.raw('}');
}

/** The query ranked_pages, line 35 of ranked-pages.sluice. */
export const ranked_pages = defineQuery<RankedPagesRow>({
  name: "ranked_pages",
  mode: "append",
  trigger: () => asap,
  reads: {
    weblogs: {
      input: "weblogs",
      bounded: false,
      connector: (params) => kafkaSource({
        brokers: stringParam(params, "brokers"),
        subscribe: stringParam(params, "log"),
        startingOffsets: "earliest",
        maxOffsetsPerTrigger: 2000,
      }),
      format: "json",
      reader: weblogsReader,
      malformed: { into: "broken_lines" },
    },
  },
  sink: (params) => kafkaSink({
    brokers: stringParam(params, "brokers"),
    topic: stringParam(params, "ranking"),
    delivery: "exactly once",
    format: "json",
  }),
  needsCheckpoint: true,
  columns: [
    { name: "window_start", type: "timestamp", nullable: false },
    { name: "window_end", type: "timestamp", nullable: false },
    { name: "rank", type: "int", nullable: false },
    { name: "url", type: "string", nullable: true },
    { name: "hits", type: "long", nullable: false },
  ],
  encodeJson: writeRankedPages,
  message: {
    key: (row) => keyJson({ window_start: row.window_start, rank: row.rank }),
  },
  plan: [
    "Sink ranked_pages [append] into kafka",
    "  Project window_start, window_end, rank, url, hits",
    "    Top [onClose] 10 as rank by hits desc, url per window_start, window_end   state ranked_pages/top: keys × 10 rows within 2h delay",
    "      Aggregate [onClose] key=[url, sliding(timestamp, 6h, every 2h)] hits=count()   state ranked_pages/aggregate: keys × 4 (panes of 2h over 6h + 2h delay)",
    "        Watermark timestamp − 2h, late into late_requests",
    "          Filter url is not null",
    "            Project host, timestamp, request, http_reply, bytes, contentPath(request) as url",
    "              Source weblogs: kafka, json, reads host, timestamp, request, http_reply, bytes",
  ].join("\n"),
  build(context) {
    const ranked_pagesGroups = context.groups("ranked_pages/aggregate", {
      key: { url: "string?" },
      window: slidingWindow(hours(6), hours(2)),
      closing: "window end",
      lanes: () => ({ hits: count() }),
    });
    const ranked_pagesTop = context.top("ranked_pages/top", {
      count: 10,
      ties: false,
      ranked: true,
      per: { window_start: "timestamp", window_end: "timestamp" },
      columns: { url: "string?", window_start: "timestamp", window_end: "timestamp", hits: "long" },
      by: [
        descending((row: { readonly url: string | null; readonly hits: number | bigint }) => row.hits, "long"),
        ascending((row: { readonly url: string | null; readonly hits: number | bigint }) => row.url, "string?"),
      ],
      closing: { key: "window_end" },
    });
    const pagesWatermark = context.watermark("pages/watermark", hours(2));
    const late_requests_rows = context.sideOutput<LateRequestsRow>("late_requests");

    // weblogs |> select |> where |> watermark |> aggregate    line 37
    function process(batch: ColumnBatch<WeblogsColumns>): void {
      const { columns } = batch;
      let row = 0;
      try {
        for (; row < batch.length; row++) {
          const url = asTextOrNull(contentPath(columns.request.text(row)), "contentPath");
          if (url === null) continue;
          const timestamp = columns.timestamp[row];
          pagesWatermark.observe(timestamp);
          if (ranked_pagesGroups.isLate(timestamp)) {
            late_requests_rows.insert({
              host: columns.host.text(row),
              timestamp,
              request: columns.request.text(row),
              http_reply: columns.http_reply.text(row),
              bytes: columns.bytes.text(row),
              late_by: context.lateBy(timestamp),
              step: "ranked_pages/aggregate",
            });
            continue;
          }
          const slot = ranked_pagesGroups.slot(timestamp, url);
          ranked_pagesGroups.lanes.hits.add(slot);
        }
      } catch (error) {
        throw context.rowFailure(error, batch, row, "contentPath");
      }
    }

    function finish(): void {
      // ranked_pages/aggregate |> top    line 37
      const groups = ranked_pagesGroups.closed();
      for (const slot of groups.slots) {
        const url = groups.keys.url.get(slot);
        const window_start = groups.windowStart(slot);
        const window_end = groups.windowEnd(slot);
        const hits = groups.lanes.hits.get(slot);
        if (ranked_pagesTop.isLate(window_end)) continue;
        const key = [window_start, window_end];
        if (!ranked_pagesTop.admits(key, { url, hits })) continue;
        ranked_pagesTop.add(key, { url, window_start, window_end, hits });
      }

      // ranked_pages/top |> into    line 38
      for (const { row, rank } of ranked_pagesTop.closed()) {
        context.output.insert({ window_start: row.window_start, window_end: row.window_end, rank, url: row.url, hits: row.hits });
      }
    }

    return { reads: { weblogs: process }, finish };
  },
});

/** All of the job. */
export const job = defineJob({
  name: "ranked-pages",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {
    brokers: { type: "string", default: (env) => env("KAFKA_BROKERS") ?? "localhost:9092" },
    log: { type: "string", default: () => "web-log" },
    ranking: { type: "string", default: () => "ranked-pages" },
    broken: { type: "string", default: () => "broken-lines" },
    late: { type: "string", default: () => "late-requests" },
  },
  queries: [ranked_pages],
  sideOutputs: [
    { name: "broken_lines", sink: (params) => kafkaSink({
      brokers: stringParam(params, "brokers"),
      topic: stringParam(params, "broken"),
      delivery: "exactly once",
      format: "json",
    }), needsCheckpoint: true },
    {
      name: "late_requests",
      late: {
        columns: [
          { name: "host", type: "string", nullable: false },
          { name: "timestamp", type: "timestamp", nullable: false },
          { name: "request", type: "string", nullable: false },
          { name: "http_reply", type: "string", nullable: false },
          { name: "bytes", type: "string", nullable: true },
          { name: "late_by", type: "duration", nullable: false },
          { name: "step", type: "string", nullable: false },
        ],
        encodeJson: writeLateRequests,
      },
      sink: (params) => kafkaSink({
        brokers: stringParam(params, "brokers"),
        topic: stringParam(params, "late"),
        delivery: "exactly once",
        format: "json",
      }),
      needsCheckpoint: true,
    },
  ],
});

await runMain(import.meta, job);
