// Emitted from web-log-socket-text.sluice; change the job and run `sluice build`.
//
// Sink urlranks [complete] into memory
//   Sort hits desc
//     Aggregate [snapshot] key=[url, sliding(timestamp, 6h, every 2h)] hits=count()   state ranking/aggregate: keys × windows
//       Filter timestamp is not null
//         Watermark timestamp − 10m, late drop
//           Filter url is not null
//             Project record.timestamp as timestamp, contentPath(record.request) as url
//               Filter record.request is not null
//                 Project from_json(value) as record
//                   Source lines: socket, reads value
import {
  asTextOrNull,
  type ColumnBatch,
  count,
  defineJob,
  defineQuery,
  descending,
  every,
  fromJson,
  hours,
  ifPresent,
  jsonType,
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
import { type LinesColumns, linesReader } from "./web-log-socket-text.reader.ts";

const shape = jsonType({ record: [["host", "string?"], ["timestamp", "timestamp?"], ["request", "string?"], ["http_reply", "string?"], ["bytes", "string?"]], nullable: true });

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

/** The query urlranks, line 35 of web-log-socket-text.sluice. */
export const urlranks = defineQuery<UrlranksRow>({
  name: "urlranks",
  mode: "complete",
  trigger: () => every(milliseconds(500)),
  reads: {
    lines: {
      input: "lines",
      bounded: false,
      connector: (params) => socketSource({ host: stringParam(params, "host"), port: numberParam(params, "port") }),
      format: "json",
      reader: linesReader,
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
    "      Filter timestamp is not null",
    "        Watermark timestamp − 10m, late drop",
    "          Filter url is not null",
    "            Project record.timestamp as timestamp, contentPath(record.request) as url",
    "              Filter record.request is not null",
    "                Project from_json(value) as record",
    "                  Source lines: socket, reads value",
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

    // lines |> select |> where |> select |> where |> watermark |> where |> aggregate    line 33
    function process(batch: ColumnBatch<LinesColumns>): void {
      const { columns } = batch;
      let row = 0;
      try {
        for (; row < batch.length; row++) {
          const record = fromJson(columns.value.text(row), shape);
          if ((record === null ? null : record.request) === null) continue;
          const timestamp = record === null ? null : record.timestamp;
          const url = ifPresent(record === null ? null : record.request, (request) => asTextOrNull(contentPath(request), "contentPath"));
          if (url === null) continue;
          pagesWatermark.observe(timestamp);
          if (timestamp === null) continue;
          const slot = ranking.slot(timestamp, url);
          ranking.lanes.hits.add(slot);
        }
      } catch (error) {
        throw context.rowFailure(error, batch, row, "contentPath");
      }
    }

    function finish(): void {
      // ranking/aggregate |> order by    line 33
      const groups = ranking.snapshot();
      for (const slot of groups.slots) {
        resultRows.push({
          url: groups.keys.url.get(slot),
          window_start: groups.windowStart(slot),
          window_end: groups.windowEnd(slot),
          hits: groups.lanes.hits.get(slot),
        });
      }

      // order by |> into    line 37
      for (const row of takeRows(resultRows, resultOrder)) {
        context.output.insert(row);
      }
    }

    return { reads: { lines: process }, finish };
  },
});

/** All of the job. */
export const job = defineJob({
  name: "web-log-socket-text",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {
    host: { type: "string", default: (env) => env("LOG_HOST") ?? "localhost" },
    port: { type: "int", default: () => 9999 },
  },
  queries: [urlranks],
  sideOutputs: [],
});

await runMain(import.meta, job);
