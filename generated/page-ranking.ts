// Emitted from page-ranking.sluice; change the job and run `sluice build`.
//
// Sink ranking [append] into memory
//   Aggregate [onClose] key=[url, sliding(time, 30m, every 15m)] hits=count()   state ranking/aggregate: keys × 3 (panes of 15m over 30m + 5m delay)
//     Watermark time − 5m, late into late_requests
//       Filter url is not null
//         Project time, host, request, contentPath(request) as url
//           Source requests: file, json, reads time, host, request
import {
  asap,
  asTextOrNull,
  type ColumnBatch,
  count,
  defineJob,
  defineQuery,
  type JsonWriter,
  minutes,
  runMain,
  slidingWindow,
  stringParam,
} from "../runtime/index.ts";
import { fileSink, fileSource } from "../runtime/connectors/file.ts";
import { memorySink } from "../runtime/connectors/memory.ts";
import { contentPath } from "../examples/web-log/pages.ts";
import { type RequestsColumns, requestsReader } from "./page-ranking.reader.ts";

/** A late row of late_requests. */
export interface LateRequestsRow {
  readonly time: number;
  readonly host: string;
  readonly request: string;
  readonly late_by: number;
  readonly step: string;
}

function writeLateRequests(row: LateRequestsRow, out: JsonWriter): void {
  out.raw('{"time":');
  out.timestamp(row.time);
  out.raw(',"host":');
  out.text(row.host);
  out.raw(',"request":');
  out.text(row.request);
  out.raw(',"late_by":');
  out.duration(row.late_by);
  out.raw(',"step":');
  out.text(row.step);
  out.raw('}');
}

/** A row of ranking. */
export interface RankingRow {
  readonly url: string | null;
  readonly window_start: number;
  readonly window_end: number;
  readonly hits: number | bigint;
}

function writeRanking(row: RankingRow, out: JsonWriter): void {
  out.raw('{"url":');
  out.text(row.url);
  out.raw(',"window_start":');
  out.timestamp(row.window_start);
  out.raw(',"window_end":');
  out.timestamp(row.window_end);
  out.raw(',"hits":');
  out.long(row.hits);
  out.raw('}');
}

/** The query ranking, line 25 of page-ranking.sluice. */
export const ranking = defineQuery<RankingRow>({
  name: "ranking",
  mode: "append",
  trigger: () => asap,
  reads: {
    requests: {
      input: "requests",
      bounded: false,
      connector: (params) => fileSource({ path: stringParam(params, "log"), maxFilesPerTrigger: 1 }),
      format: "json",
      reader: requestsReader,
      malformed: "fail",
    },
  },
  sink: () => memorySink("ranking"),
  needsCheckpoint: false,
  columns: [
    { name: "url", type: "string", nullable: true },
    { name: "window_start", type: "timestamp", nullable: false },
    { name: "window_end", type: "timestamp", nullable: false },
    { name: "hits", type: "long", nullable: false },
  ],
  encodeJson: writeRanking,
  plan: [
    "Sink ranking [append] into memory",
    "  Aggregate [onClose] key=[url, sliding(time, 30m, every 15m)] hits=count()   state ranking/aggregate: keys × 3 (panes of 15m over 30m + 5m delay)",
    "    Watermark time − 5m, late into late_requests",
    "      Filter url is not null",
    "        Project time, host, request, contentPath(request) as url",
    "          Source requests: file, json, reads time, host, request",
  ].join("\n"),
  build(context) {
    const rankingGroups = context.groups("ranking/aggregate", {
      key: { url: "string?" },
      window: slidingWindow(minutes(30), minutes(15)),
      closing: "window end",
      lanes: () => ({ hits: count() }),
    });
    const pagesWatermark = context.watermark("pages/watermark", minutes(5));
    const late_requests_rows = context.sideOutput<LateRequestsRow>("late_requests");

    // requests |> select |> where |> watermark |> aggregate    line 27
    function process(batch: ColumnBatch<RequestsColumns>): void {
      const { columns } = batch;
      let row = 0;
      try {
        for (; row < batch.length; row++) {
          const url = asTextOrNull(contentPath(columns.request.text(row)), "contentPath");
          if (url === null) continue;
          const time = columns.time[row];
          pagesWatermark.observe(time);
          if (rankingGroups.isLate(time)) {
            late_requests_rows.insert({
              time,
              host: columns.host.text(row),
              request: columns.request.text(row),
              late_by: context.lateBy(time),
              step: "ranking/aggregate",
            });
            continue;
          }
          const slot = rankingGroups.slot(time, url);
          rankingGroups.lanes.hits.add(slot);
        }
      } catch (error) {
        throw context.rowFailure(error, batch, row, "contentPath");
      }
    }

    function finish(): void {
      // ranking/aggregate |> into    line 27
      const groups = rankingGroups.closed();
      for (const slot of groups.slots) {
        context.output.insert({
          url: groups.keys.url.get(slot),
          window_start: groups.windowStart(slot),
          window_end: groups.windowEnd(slot),
          hits: groups.lanes.hits.get(slot),
        });
      }
    }

    return { reads: { requests: process }, finish };
  },
});

/** All of the job. */
export const job = defineJob({
  name: "page-ranking",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {
    log: { type: "string", default: () => "examples/page-ranking/data" },
    late: { type: "string", default: () => ".sluice/page-ranking-late" },
  },
  queries: [ranking],
  sideOutputs: [
    {
      name: "late_requests",
      late: {
        columns: [
          { name: "time", type: "timestamp", nullable: false },
          { name: "host", type: "string", nullable: false },
          { name: "request", type: "string", nullable: false },
          { name: "late_by", type: "duration", nullable: false },
          { name: "step", type: "string", nullable: false },
        ],
        encodeJson: writeLateRequests,
      },
      sink: (params) => fileSink({ path: stringParam(params, "late") }),
      needsCheckpoint: true,
    },
  ],
});

await runMain(import.meta, job);
