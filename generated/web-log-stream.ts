// Emitted from web-log-stream.sluice; change the job and run `sluice build`.
//
// Sink record_count [complete] into memory
//   Aggregate [snapshot] key=[] records=count()   state record_count/aggregate: 1 group
//     Source weblogs: file, json, reads nothing
//
// Sink replies [complete] into console
//   Sort hits desc
//     Aggregate [snapshot] key=[reply] hits=count() bytes=sum(size)   state replies/aggregate: keys
//       Project cast(http_reply as int) as reply, try_cast(bytes as long) as size
//         Source weblogs: file, json, reads http_reply, bytes
//
// Sink daily_urls [update] into memory
//   Aggregate [onChange] key=[cast(timestamp as date) as day, url] hits=count()   state daily_urls/aggregate: keys
//     Project timestamp, regexp_extract(request, "^[A-Z]+ ([^ ?]+)", 1) as url
//       Source weblogs: file, json, reads timestamp, request
//
// Sink content_pages [complete] into memory
//   Sort hits desc
//     Aggregate [snapshot] key=[url] hits=count() largest=max(size)   state content_pages/aggregate: keys
//       Project try_cast(bytes as long) as size, regexp_extract(request, "^[A-Z]+ ([^ ?]+)", 1) as url
//         Filter isContent(request)
//           Source weblogs: file, json, reads request, bytes where request rlike "^GET .+ HTTP/\\d\\.\\d$"
//
// Sink urlranks [complete] into memory
//   Sort hits desc
//     Aggregate [snapshot] key=[url, sliding(timestamp, 6h, every 2h)] hits=count()   state ranking/aggregate: keys × windows
//       Watermark timestamp − 10m, late drop
//         Filter url is not null
//           Project timestamp, contentPath(request) as url
//             Source weblogs: file, json, reads timestamp, request
//
// Sink failed_requests [append] into file
//   Project timestamp, host, request, reply
//     Filter reply >= 400
//       Project host, timestamp, request, cast(http_reply as int) as reply
//         Source weblogs: file, json, reads host, timestamp, request, http_reply
import {
  asap,
  asBoolean,
  asTextOrNull,
  type ColumnBatch,
  count,
  dayOfTimestamp,
  defineJob,
  defineQuery,
  descending,
  extractGroup,
  hours,
  intFromText,
  type JsonWriter,
  maxLong,
  minutes,
  nativePattern,
  rowOrder,
  runMain,
  slidingWindow,
  stringParam,
  sumLong,
  takeRows,
  tryLongFromText,
} from "../runtime/index.ts";
import { consoleSink } from "../runtime/connectors/console.ts";
import { fileSink, fileSource } from "../runtime/connectors/file.ts";
import { memorySink } from "../runtime/connectors/memory.ts";
import { contentPath, isContent } from "../examples/web-log/pages.ts";
import {
  type WeblogsColumns,
  type WeblogsForContentPagesColumns,
  weblogsForContentPagesReader,
  type WeblogsForDailyUrlsColumns,
  weblogsForDailyUrlsReader,
  type WeblogsForFailedRequestsColumns,
  weblogsForFailedRequestsReader,
  type WeblogsForRepliesColumns,
  weblogsForRepliesReader,
  weblogsReader,
} from "./web-log-stream.reader.ts";

const pattern = nativePattern("^[A-Z]+ ([^ ?]+)");

/** A row of record_count. */
export interface RecordCountRow {
  readonly records: number | bigint;
}

function writeRecordCount(row: RecordCountRow, out: JsonWriter): void {
  out.raw('{"records":');
  out.long(row.records);
  out.raw('}');
}

/** The query record_count, line 35 of web-log-stream.sluice. */
export const record_count = defineQuery<RecordCountRow>({
  name: "record_count",
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
  sink: () => memorySink("record_count"),
  needsCheckpoint: false,
  columns: [
    { name: "records", type: "long", nullable: false },
  ],
  encodeJson: writeRecordCount,
  plan: [
    "Sink record_count [complete] into memory",
    "  Aggregate [snapshot] key=[] records=count()   state record_count/aggregate: 1 group",
    "    Source weblogs: file, json, reads nothing",
  ].join("\n"),
  build(context) {
    const record_countGroups = context.groups("record_count/aggregate", {
      key: {},
      lanes: () => ({ records: count() }),
    });

    // weblogs |> aggregate    line 37
    function process(batch: ColumnBatch<WeblogsColumns>): void {
      for (let row = 0; row < batch.length; row++) {
        const slot = record_countGroups.slot();
        record_countGroups.lanes.records.add(slot);
      }
    }

    function finish(): void {
      // record_count/aggregate |> into    line 37
      const groups = record_countGroups.snapshot();
      for (const slot of groups.slots) {
        context.output.insert({ records: groups.lanes.records.get(slot) });
      }
    }

    return { reads: { weblogs: process }, finish };
  },
});

/** A row of replies. */
export interface RepliesRow {
  readonly reply: number;
  readonly hits: number | bigint;
  readonly bytes: number | bigint | null;
}

function writeReplies(row: RepliesRow, out: JsonWriter): void {
  out.raw('{"reply":');
  out.int(row.reply);
  out.raw(',"hits":');
  out.long(row.hits);
  out.raw(',"bytes":');
  out.long(row.bytes);
  out.raw('}');
}

/** The query replies, line 41 of web-log-stream.sluice. */
export const replies = defineQuery<RepliesRow>({
  name: "replies",
  mode: "complete",
  trigger: () => asap,
  reads: {
    weblogs: {
      input: "weblogs",
      bounded: false,
      connector: (params) => fileSource({ path: stringParam(params, "logs"), maxFilesPerTrigger: 1 }),
      format: "json",
      reader: weblogsForRepliesReader,
      malformed: "fail",
    },
  },
  sink: () => consoleSink({ rows: 10 }),
  needsCheckpoint: false,
  columns: [
    { name: "reply", type: "int", nullable: false },
    { name: "hits", type: "long", nullable: false },
    { name: "bytes", type: "long", nullable: true },
  ],
  encodeJson: writeReplies,
  plan: [
    "Sink replies [complete] into console",
    "  Sort hits desc",
    "    Aggregate [snapshot] key=[reply] hits=count() bytes=sum(size)   state replies/aggregate: keys",
    "      Project cast(http_reply as int) as reply, try_cast(bytes as long) as size",
    "        Source weblogs: file, json, reads http_reply, bytes",
  ].join("\n"),
  build(context) {
    const repliesGroups = context.groups("replies/aggregate", {
      key: { reply: "int" },
      lanes: () => ({ hits: count(), bytes: sumLong() }),
    });
    const resultRows: RepliesRow[] = [];
    const resultOrder = rowOrder<RepliesRow>({ reply: "int", hits: "long", bytes: "long?" }, descending((row) => row.hits, "long"));

    // weblogs |> select |> aggregate    line 43
    function process(batch: ColumnBatch<WeblogsForRepliesColumns>): void {
      const { columns } = batch;
      let row = 0;
      try {
        for (; row < batch.length; row++) {
          const bytes = columns.bytes.text(row);
          const size = bytes === null ? null : tryLongFromText(bytes);
          const slot = repliesGroups.slot(intFromText(columns.http_reply.text(row)));
          repliesGroups.lanes.hits.add(slot);
          if (size !== null) repliesGroups.lanes.bytes.add(slot, size);
        }
      } catch (error) {
        throw context.rowFailure(error, batch, row);
      }
    }

    function finish(): void {
      // replies/aggregate |> order by    line 43
      const groups = repliesGroups.snapshot();
      for (const slot of groups.slots) {
        resultRows.push({
          reply: groups.keys.reply.get(slot),
          hits: groups.lanes.hits.get(slot),
          bytes: groups.lanes.bytes.get(slot),
        });
      }

      // order by |> into    line 44
      for (const row of takeRows(resultRows, resultOrder)) {
        context.output.insert(row);
      }
    }

    return { reads: { weblogs: process }, finish };
  },
});

/** A row of daily_urls. */
export interface DailyUrlsRow {
  readonly day: number;
  readonly url: string;
  readonly hits: number | bigint;
}

function writeDailyUrls(row: DailyUrlsRow, out: JsonWriter): void {
  out.raw('{"day":');
  out.date(row.day);
  out.raw(',"url":');
  out.text(row.url);
  out.raw(',"hits":');
  out.long(row.hits);
  out.raw('}');
}

/** The query daily_urls, line 48 of web-log-stream.sluice. */
export const daily_urls = defineQuery<DailyUrlsRow>({
  name: "daily_urls",
  mode: "update",
  trigger: () => asap,
  reads: {
    weblogs: {
      input: "weblogs",
      bounded: false,
      connector: (params) => fileSource({ path: stringParam(params, "logs"), maxFilesPerTrigger: 1 }),
      format: "json",
      reader: weblogsForDailyUrlsReader,
      malformed: "fail",
    },
  },
  sink: () => memorySink("daily_urls"),
  needsCheckpoint: false,
  columns: [
    { name: "day", type: "date", nullable: false },
    { name: "url", type: "string", nullable: false },
    { name: "hits", type: "long", nullable: false },
  ],
  key: ["day", "url"],
  encodeJson: writeDailyUrls,
  plan: [
    "Sink daily_urls [update] into memory",
    "  Aggregate [onChange] key=[cast(timestamp as date) as day, url] hits=count()   state daily_urls/aggregate: keys",
    "    Project timestamp, regexp_extract(request, \"^[A-Z]+ ([^ ?]+)\", 1) as url",
    "      Source weblogs: file, json, reads timestamp, request",
  ].join("\n"),
  build(context) {
    const daily_urlsGroups = context.groups("daily_urls/aggregate", {
      key: { day: "date", url: "string" },
      lanes: () => ({ hits: count() }),
    });

    // weblogs |> select |> aggregate    line 50
    function process(batch: ColumnBatch<WeblogsForDailyUrlsColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        const slot = daily_urlsGroups.slot(dayOfTimestamp(columns.timestamp[row]), extractGroup(columns.request.text(row), pattern, 1));
        daily_urlsGroups.lanes.hits.add(slot);
      }
    }

    function finish(): void {
      // daily_urls/aggregate |> into    line 50
      const groups = daily_urlsGroups.changes();
      for (const slot of groups.slots) {
        context.output.write(groups.markPresent(slot), {
          day: groups.keys.day.get(slot),
          url: groups.keys.url.get(slot),
          hits: groups.lanes.hits.get(slot),
        });
      }
    }

    return { reads: { weblogs: process }, finish };
  },
});

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

/** The query content_pages, line 54 of web-log-stream.sluice. */
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
      reader: weblogsForContentPagesReader,
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
    "    Aggregate [snapshot] key=[url] hits=count() largest=max(size)   state content_pages/aggregate: keys",
    "      Project try_cast(bytes as long) as size, regexp_extract(request, \"^[A-Z]+ ([^ ?]+)\", 1) as url",
    "        Filter isContent(request)",
    "          Source weblogs: file, json, reads request, bytes where request rlike \"^GET .+ HTTP/\\\\d\\\\.\\\\d$\"",
  ].join("\n"),
  build(context) {
    const content_pagesGroups = context.groups("content_pages/aggregate", {
      key: { url: "string" },
      lanes: () => ({ hits: count(), largest: maxLong() }),
    });
    const resultRows: ContentPagesRow[] = [];
    const resultOrder = rowOrder<ContentPagesRow>({ url: "string", hits: "long", largest: "long?" }, descending((row) => row.hits, "long"));

    // weblogs |> where |> select |> aggregate    line 57
    function process(batch: ColumnBatch<WeblogsForContentPagesColumns>): void {
      const { columns } = batch;
      let row = 0;
      try {
        for (; row < batch.length; row++) {
          const request = columns.request.text(row);
          if (!asBoolean(isContent(request), "isContent")) continue;
          const bytes = columns.bytes.text(row);
          const size = bytes === null ? null : tryLongFromText(bytes);
          const slot = content_pagesGroups.slot(extractGroup(request, pattern, 1));
          content_pagesGroups.lanes.hits.add(slot);
          if (size !== null) content_pagesGroups.lanes.largest.add(slot, size);
        }
      } catch (error) {
        throw context.rowFailure(error, batch, row, "isContent");
      }
    }

    function finish(): void {
      // content_pages/aggregate |> order by    line 57
      const groups = content_pagesGroups.snapshot();
      for (const slot of groups.slots) {
        resultRows.push({
          url: groups.keys.url.get(slot),
          hits: groups.lanes.hits.get(slot),
          largest: groups.lanes.largest.get(slot),
        });
      }

      // order by |> into    line 58
      for (const row of takeRows(resultRows, resultOrder)) {
        context.output.insert(row);
      }
    }

    return { reads: { weblogs: process }, finish };
  },
});

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

/** The query urlranks, line 62 of web-log-stream.sluice. */
export const urlranks = defineQuery<UrlranksRow>({
  name: "urlranks",
  mode: "complete",
  trigger: () => asap,
  reads: {
    weblogs: {
      input: "weblogs",
      bounded: false,
      connector: (params) => fileSource({ path: stringParam(params, "logs"), maxFilesPerTrigger: 1 }),
      format: "json",
      reader: weblogsForDailyUrlsReader,
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
    "            Source weblogs: file, json, reads timestamp, request",
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

    // weblogs |> select |> where |> watermark |> aggregate    line 33
    function process(batch: ColumnBatch<WeblogsForDailyUrlsColumns>): void {
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

      // order by |> into    line 64
      for (const row of takeRows(resultRows, resultOrder)) {
        context.output.insert(row);
      }
    }

    return { reads: { weblogs: process }, finish };
  },
});

/** A row of failed_requests. */
export interface FailedRequestsRow {
  readonly timestamp: number;
  readonly host: string;
  readonly request: string;
  readonly reply: number;
}

function writeFailedRequests(row: FailedRequestsRow, out: JsonWriter): void {
  out.raw('{"timestamp":');
  out.timestamp(row.timestamp);
  out.raw(',"host":');
  out.text(row.host);
  out.raw(',"request":');
  out.text(row.request);
  out.raw(',"reply":');
  out.int(row.reply);
  out.raw('}');
}

/** The query failed_requests, line 68 of web-log-stream.sluice. */
export const failed_requests = defineQuery<FailedRequestsRow>({
  name: "failed_requests",
  mode: "append",
  trigger: () => asap,
  reads: {
    weblogs: {
      input: "weblogs",
      bounded: false,
      connector: (params) => fileSource({ path: stringParam(params, "logs"), maxFilesPerTrigger: 1 }),
      format: "json",
      reader: weblogsForFailedRequestsReader,
      malformed: "fail",
    },
  },
  sink: (params) => fileSink({ path: stringParam(params, "errors") }),
  needsCheckpoint: true,
  columns: [
    { name: "timestamp", type: "timestamp", nullable: false },
    { name: "host", type: "string", nullable: false },
    { name: "request", type: "string", nullable: false },
    { name: "reply", type: "int", nullable: false },
  ],
  encodeJson: writeFailedRequests,
  plan: [
    "Sink failed_requests [append] into file",
    "  Project timestamp, host, request, reply",
    "    Filter reply >= 400",
    "      Project host, timestamp, request, cast(http_reply as int) as reply",
    "        Source weblogs: file, json, reads host, timestamp, request, http_reply",
  ].join("\n"),
  build(context) {
    // weblogs |> select |> where |> into    line 20
    function process(batch: ColumnBatch<WeblogsForFailedRequestsColumns>): void {
      const { columns } = batch;
      let row = 0;
      try {
        for (; row < batch.length; row++) {
          const reply = intFromText(columns.http_reply.text(row));
          if (!(reply >= 400)) continue;
          context.output.insert({
            timestamp: columns.timestamp[row],
            host: columns.host.text(row),
            request: columns.request.text(row),
            reply,
          });
        }
      } catch (error) {
        throw context.rowFailure(error, batch, row);
      }
    }

    return { reads: { weblogs: process } };
  },
});

/** All of the job. */
export const job = defineJob({
  name: "web-log-stream",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {
    logs: { type: "string", default: () => "examples/web-log/data" },
    errors: { type: "string", default: () => ".sluice/web-log-errors" },
  },
  queries: [record_count, replies, daily_urls, content_pages, urlranks, failed_requests],
  sideOutputs: [],
});

await runMain(import.meta, job);
