// Emitted from ranked-pages-files.sluice; change the job and run `sluice build`.
//
// Sink ranked_pages [append] into memory
//   Project window_start, window_end, rank, url, hits
//     Top 10 as rank by hits desc, url per window_start, window_end
//       Aggregate [snapshot] key=[url, sliding(timestamp, 6h, every 2h)] hits=count()   computed anew for each result
//         Filter url is not null
//           Project timestamp, contentPath(request) as url
//             Table weblogs: file, json, reads timestamp, request
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
  type JsonWriter,
  runMain,
  slidingWindow,
  stringParam,
  takeTop,
  type TopOrder,
} from "../runtime/index.ts";
import { fileSource } from "../runtime/connectors/file.ts";
import { memorySink } from "../runtime/connectors/memory.ts";
import { contentPath } from "../examples/web-log/pages.ts";
import { type WeblogsColumns, weblogsReader } from "./ranked-pages-files.reader.ts";

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

/** The query ranked_pages, line 18 of ranked-pages-files.sluice. */
export const ranked_pages = defineQuery<RankedPagesRow>({
  name: "ranked_pages",
  mode: "append",
  trigger: () => asap,
  reads: {
    weblogs: {
      input: "weblogs",
      bounded: true,
      connector: (params) => fileSource({ path: stringParam(params, "logs") }),
      format: "json",
      reader: weblogsReader,
      malformed: "fail",
    },
  },
  sink: () => memorySink("ranked_pages"),
  needsCheckpoint: false,
  columns: [
    { name: "window_start", type: "timestamp", nullable: false },
    { name: "window_end", type: "timestamp", nullable: false },
    { name: "rank", type: "int", nullable: false },
    { name: "url", type: "string", nullable: true },
    { name: "hits", type: "long", nullable: false },
  ],
  encodeJson: writeRankedPages,
  plan: [
    "Sink ranked_pages [append] into memory",
    "  Project window_start, window_end, rank, url, hits",
    "    Top 10 as rank by hits desc, url per window_start, window_end",
    "      Aggregate [snapshot] key=[url, sliding(timestamp, 6h, every 2h)] hits=count()   computed anew for each result",
    "        Filter url is not null",
    "          Project timestamp, contentPath(request) as url",
    "            Table weblogs: file, json, reads timestamp, request",
  ].join("\n"),
  build(context) {
    const ranked_pagesGroups = context.scratchGroups({
      key: { url: "string?" },
      window: slidingWindow(hours(6), hours(2)),
      lanes: () => ({ hits: count() }),
    });
    const resultRows: { readonly url: string | null; readonly window_start: number; readonly window_end: number; readonly hits: number | bigint }[] = [];
    const resultTop: TopOrder<{ readonly url: string | null; readonly window_start: number; readonly window_end: number; readonly hits: number | bigint }> = {
      count: 10,
      ties: false,
      per: [ascending((row) => row.window_start, "timestamp"), ascending((row) => row.window_end, "timestamp")],
      by: [descending((row) => row.hits, "long"), ascending((row) => row.url, "string?")],
      content: { url: "string?", window_start: "timestamp", window_end: "timestamp", hits: "long" },
    };

    // weblogs |> select |> where |> aggregate    line 22
    function process(batch: ColumnBatch<WeblogsColumns>): void {
      const { columns } = batch;
      let row = 0;
      try {
        for (; row < batch.length; row++) {
          const url = asTextOrNull(contentPath(columns.request.text(row)), "contentPath");
          if (url === null) continue;
          const slot = ranked_pagesGroups.slot(columns.timestamp[row], url);
          ranked_pagesGroups.lanes.hits.add(slot);
        }
      } catch (error) {
        throw context.rowFailure(error, batch, row, "contentPath");
      }
    }

    function finish(): void {
      // ranked_pages/aggregate |> top    line 22
      const groups = ranked_pagesGroups.snapshot();
      for (const slot of groups.slots) {
        resultRows.push({
          url: groups.keys.url.get(slot),
          window_start: groups.windowStart(slot),
          window_end: groups.windowEnd(slot),
          hits: groups.lanes.hits.get(slot),
        });
      }

      // top |> into    line 23
      for (const { row, rank } of takeTop(resultRows, resultTop)) {
        context.output.insert({ window_start: row.window_start, window_end: row.window_end, rank, url: row.url, hits: row.hits });
      }
    }

    return {
      reads: {
        weblogs: {
          begin() {
            ranked_pagesGroups.clear();
          },
          process: process,
        },
      },
      finish,
    };
  },
});

/** All of the job. */
export const job = defineJob({
  name: "ranked-pages-files",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {
    logs: { type: "string", default: () => "examples/web-log/data" },
  },
  queries: [ranked_pages],
  sideOutputs: [],
});

await runMain(import.meta, job);
