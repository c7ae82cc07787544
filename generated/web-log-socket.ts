// Emitted from web-log-socket.sluice; change the job and run `sluice build`.
//
// Sink urlranks [complete] into memory
//   Sort hits desc
//     Aggregate [snapshot] key=[url, sliding(timestamp, 6h, every 2h)] hits=count()   state ranking/aggregate: keys × windows
//       Watermark timestamp − 10m, late drop
//         Filter url is not null
//           Project timestamp, contentPath(request) as url
//             Source weblogs: socket, json, reads timestamp, request
import {
  asTextOrNull,
  type ColumnBatch,
  count,
  defineJob,
  defineQuery,
  descending,
  every,
  hours,
  type JsonWriter,
  milliseconds,
  minutes,
  numberParam,
  rowOrder,
  runMain,
  slidingWindow,
  stringParam,
  takeRows,
} from "../runtime/index.ts";
import { memorySink } from "../runtime/connectors/memory.ts";
import { socketSource } from "../runtime/connectors/socket.ts";
import { contentPath } from "../examples/web-log/pages.ts";
import { type WeblogsColumns, weblogsReader } from "./web-log-socket.reader.ts";

/** A row of urlranks. */
export interface UrlranksRow {
  readonly url: string | null;
  readonly window_start: number;
  readonly window_end: number;
  readonly hits: number | bigint;
}

function writeUrlranks(row: UrlranksRow, out: JsonWriter): void {
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

/** The query urlranks, line 29 of web-log-socket.sluice. */
export const urlranks = defineQuery<UrlranksRow>({
  name: "urlranks",
  mode: "complete",
  trigger: () => every(milliseconds(500)),
  reads: {
    weblogs: {
      input: "weblogs",
      bounded: false,
      connector: (params) => socketSource({ host: stringParam(params, "host"), port: numberParam(params, "port") }),
      format: "json",
      reader: weblogsReader,
      malformed: "fail",
    },
  },
  sink: () => memorySink("urlranks"),
  needsCheckpoint: false,
  columns: [
    { name: "url", type: "string", nullable: true },
    { name: "window_start", type: "timestamp", nullable: false },
    { name: "window_end", type: "timestamp", nullable: false },
    { name: "hits", type: "long", nullable: false },
  ],
  encodeJson: writeUrlranks,
  plan: [
    "Sink urlranks [complete] into memory",
    "  Sort hits desc",
    "    Aggregate [snapshot] key=[url, sliding(timestamp, 6h, every 2h)] hits=count()   state ranking/aggregate: keys × windows",
    "      Watermark timestamp − 10m, late drop",
    "        Filter url is not null",
    "          Project timestamp, contentPath(request) as url",
    "            Source weblogs: socket, json, reads timestamp, request",
  ].join("\n"),
  build(context) {
    const ranking = context.groups("ranking/aggregate", {
      key: { url: "string?" },
      window: slidingWindow(hours(6), hours(2)),
      lanes: () => ({ hits: count() }),
    });
    const pagesWatermark = context.watermark("pages/watermark", minutes(10));
    const resultRows: UrlranksRow[] = [];
    const resultOrder = rowOrder<UrlranksRow>(
      { url: "string?", window_start: "timestamp", window_end: "timestamp", hits: "long" },
      descending((row) => row.hits, "long"),
    );

    // weblogs |> select |> where |> watermark |> aggregate    line 27
    function process(batch: ColumnBatch<WeblogsColumns>): void {
      const { columns } = batch;
      let row = 0;
      try {
        for (; row < batch.length; row++) {
          const url = asTextOrNull(contentPath(columns.request.text(row)), "contentPath");
          if (url === null) continue;
          const timestamp = columns.timestamp[row];
          pagesWatermark.observe(timestamp);
          const slot = ranking.slot(timestamp, url);
          ranking.lanes.hits.add(slot);
        }
      } catch (error) {
        throw context.rowFailure(error, batch, row, "contentPath");
      }
    }

    function finish(): void {
      // ranking/aggregate |> order by    line 27
      const groups = ranking.snapshot();
      for (const slot of groups.slots) {
        resultRows.push({
          url: groups.keys.url.get(slot),
          window_start: groups.windowStart(slot),
          window_end: groups.windowEnd(slot),
          hits: groups.lanes.hits.get(slot),
        });
      }

      // order by |> into    line 31
      for (const row of takeRows(resultRows, resultOrder)) {
        context.output.insert(row);
      }
    }

    return { reads: { weblogs: process }, finish };
  },
});

/** All of the job. */
export const job = defineJob({
  name: "web-log-socket",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {
    host: { type: "string", default: (env) => env("LOG_HOST") ?? "localhost" },
    port: { type: "int", default: () => 9999 },
  },
  queries: [urlranks],
  sideOutputs: [],
});

await runMain(import.meta, job);
