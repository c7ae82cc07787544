// Emitted from web-log-changed.sluice; change the job and run `sluice build`.
//
// Sink content_pages [complete] into memory
//   Sort hits desc
//     Aggregate [snapshot] key=[request as url] hits=count() largest=max(try_cast(bytes as long))   state content_pages/aggregate: keys
//       Project log.request as request, log.bytes as bytes
//         Explode contentPage({ host: host, timestamp: timestamp, request: request, http_reply: http_reply, bytes: bytes }) as log
//           Source weblogs: file, json, reads host, timestamp, request, http_reply, bytes
import {
  asap,
  asRecordOrNull,
  asText,
  asTextOrNull,
  type ColumnBatch,
  count,
  dateOfTimestamp,
  defineJob,
  defineQuery,
  descending,
  type JsonWriter,
  maxLong,
  rowOrder,
  runMain,
  stringParam,
  takeRows,
  tryLongFromText,
} from "../runtime/index.ts";
import { fileSource } from "../runtime/connectors/file.ts";
import { memorySink } from "../runtime/connectors/memory.ts";
import { contentPage } from "../examples/web-log/changed.ts";
import { type WeblogsColumns, weblogsReader } from "./web-log-changed.reader.ts";

/** A row of content_pages. */
export interface ContentPagesRow {
  readonly url: string;
  readonly hits: number | bigint;
  readonly largest: number | bigint | null;
}

function writeContentPages(row: ContentPagesRow, out: JsonWriter): void {
  out.raw('{"url":');
  out.text(row.url);
  out.raw(',"hits":');
  out.long(row.hits);
  out.raw(',"largest":');
  out.long(row.largest);
  out.raw('}');
}

/** The query content_pages, line 16 of web-log-changed.sluice. */
export const content_pages = defineQuery<ContentPagesRow>({
  name: "content_pages",
  mode: "complete",
  trigger: () => asap,
  reads: {
    weblogs: {
      input: "weblogs",
      bounded: false,
      connector: (params) => fileSource({ path: stringParam(params, "logs"), maxFilesPerTrigger: 1 }),
      format: "json",
      reader: weblogsReader,
      malformed: "fail",
    },
  },
  sink: () => memorySink("content_pages"),
  needsCheckpoint: false,
  columns: [
    { name: "url", type: "string", nullable: false },
    { name: "hits", type: "long", nullable: false },
    { name: "largest", type: "long", nullable: true },
  ],
  encodeJson: writeContentPages,
  plan: [
    "Sink content_pages [complete] into memory",
    "  Sort hits desc",
    "    Aggregate [snapshot] key=[request as url] hits=count() largest=max(try_cast(bytes as long))   state content_pages/aggregate: keys",
    "      Project log.request as request, log.bytes as bytes",
    "        Explode contentPage({ host: host, timestamp: timestamp, request: request, http_reply: http_reply, bytes: bytes }) as log",
    "          Source weblogs: file, json, reads host, timestamp, request, http_reply, bytes",
  ].join("\n"),
  build(context) {
    const content_pagesGroups = context.groups("content_pages/aggregate", {
      key: { url: "string" },
      lanes: () => ({ hits: count(), largest: maxLong() }),
    });
    const resultRows: ContentPagesRow[] = [];
    const resultOrder = rowOrder<ContentPagesRow>({ url: "string", hits: "long", largest: "long?" }, descending((row) => row.hits, "long"));

    // weblogs |> flatMap contentPage |> select |> aggregate    line 19
    function process(batch: ColumnBatch<WeblogsColumns>): void {
      const { columns } = batch;
      let row = 0;
      try {
        for (; row < batch.length; row++) {
          const bytes = columns.bytes.text(row);
          const log = asRecordOrNull(contentPage({
            host: columns.host.text(row),
            timestamp: dateOfTimestamp(columns.timestamp[row]),
            request: columns.request.text(row),
            http_reply: columns.http_reply.text(row),
            bytes,
          }), "contentPage");
          if (log === null) continue;
          const bytes2 = asTextOrNull(log.bytes, "contentPage.bytes");
          const slot = content_pagesGroups.slot(asText(log.request, "contentPage.request"));
          content_pagesGroups.lanes.hits.add(slot);
          const bytesAsLong = bytes2 === null ? null : tryLongFromText(bytes2);
          if (bytesAsLong !== null) content_pagesGroups.lanes.largest.add(slot, bytesAsLong);
        }
      } catch (error) {
        throw context.rowFailure(error, batch, row, "contentPage");
      }
    }

    function finish(): void {
      // content_pages/aggregate |> order by    line 19
      const groups = content_pagesGroups.snapshot();
      for (const slot of groups.slots) {
        resultRows.push({
          url: groups.keys.url.get(slot),
          hits: groups.lanes.hits.get(slot),
          largest: groups.lanes.largest.get(slot),
        });
      }

      // order by |> into    line 20
      for (const row of takeRows(resultRows, resultOrder)) {
        context.output.insert(row);
      }
    }

    return { reads: { weblogs: process }, finish };
  },
});

/** All of the job. */
export const job = defineJob({
  name: "web-log-changed",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {
    logs: { type: "string", default: () => "examples/web-log/data" },
  },
  queries: [content_pages],
  sideOutputs: [],
});

await runMain(import.meta, job);
