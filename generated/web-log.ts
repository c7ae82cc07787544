// Emitted from web-log.sluice; change the job and run `sluice build`.
//
// Sink record_count [append] into memory
//   Aggregate [snapshot] key=[] records=count()   computed anew for each result
//     Table weblogs: file, json, reads nothing
//
// Sink replies [append] into memory
//   Sort hits desc
//     Aggregate [snapshot] key=[reply] hits=count() bytes=sum(size)   computed anew for each result
//       Project cast(http_reply as int) as reply, try_cast(bytes as long) as size
//         Table weblogs: file, json, reads http_reply, bytes
//
// Sink daily_urls [append] into memory
//   Sort day, hits desc
//     Aggregate [snapshot] key=[cast(timestamp as date) as day, url] hits=count()   computed anew for each result
//       Project timestamp, regexp_extract(request, "^[A-Z]+ ([^ ?]+)", 1) as url
//         Table weblogs: file, json, reads timestamp, request
//
// Sink content_pages [append] into memory
//   Sort hits desc
//     Aggregate [snapshot] key=[url] hits=count() largest=max(size)   computed anew for each result
//       Project try_cast(bytes as long) as size, regexp_extract(request, "^[A-Z]+ ([^ ?]+)", 1) as url
//         Filter isContent(request)
//           Table weblogs: file, json, reads request, bytes where request rlike "^GET .+ HTTP/\\d\\.\\d$"
import {
  asap,
  asBoolean,
  ascending,
  type ColumnBatch,
  count,
  dayOfTimestamp,
  defineJob,
  defineQuery,
  descending,
  extractGroup,
  intFromText,
  type JsonWriter,
  maxLong,
  nativePattern,
  rowOrder,
  runMain,
  stringParam,
  sumLong,
  takeRows,
  tryLongFromText,
} from "../runtime/index.ts";
import { fileSource } from "../runtime/connectors/file.ts";
import { memorySink } from "../runtime/connectors/memory.ts";
import { isContent } from "../examples/web-log/pages.ts";
import {
  type WeblogsColumns,
  type WeblogsForContentPagesColumns,
  weblogsForContentPagesReader,
  type WeblogsForDailyUrlsColumns,
  weblogsForDailyUrlsReader,
  type WeblogsForRepliesColumns,
  weblogsForRepliesReader,
  weblogsReader,
} from "./web-log.reader.ts";

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

/** The query record_count, line 22 of web-log.sluice. */
export const record_count = defineQuery<RecordCountRow>({
  name: "record_count",
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
  sink: () => memorySink("record_count"),
  needsCheckpoint: false,
  columns: [
    { name: "records", type: "long", nullable: false },
  ],
  encodeJson: writeRecordCount,
  plan: [
    "Sink record_count [append] into memory",
    "  Aggregate [snapshot] key=[] records=count()   computed anew for each result",
    "    Table weblogs: file, json, reads nothing",
  ].join("\n"),
  build(context) {
    const record_countGroups = context.scratchGroups({
      key: {},
      lanes: () => ({ records: count() }),
    });

    // weblogs |> aggregate    line 24
    function process(batch: ColumnBatch<WeblogsColumns>): void {
      for (let row = 0; row < batch.length; row++) {
        const slot = record_countGroups.slot();
        record_countGroups.lanes.records.add(slot);
      }
    }

    function finish(): void {
      // record_count/aggregate |> into    line 24
      const groups = record_countGroups.snapshot();
      for (const slot of groups.slots) {
        context.output.insert({ records: groups.lanes.records.get(slot) });
      }
    }

    return {
      reads: {
        weblogs: {
          begin() {
            record_countGroups.clear();
          },
          process: process,
        },
      },
      finish,
    };
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

/** The query replies, line 27 of web-log.sluice. */
export const replies = defineQuery<RepliesRow>({
  name: "replies",
  mode: "append",
  trigger: () => asap,
  reads: {
    weblogs: {
      input: "weblogs",
      bounded: true,
      connector: (params) => fileSource({ path: stringParam(params, "logs") }),
      format: "json",
      reader: weblogsForRepliesReader,
      malformed: "fail",
    },
  },
  sink: () => memorySink("replies"),
  needsCheckpoint: false,
  columns: [
    { name: "reply", type: "int", nullable: false },
    { name: "hits", type: "long", nullable: false },
    { name: "bytes", type: "long", nullable: true },
  ],
  encodeJson: writeReplies,
  plan: [
    "Sink replies [append] into memory",
    "  Sort hits desc",
    "    Aggregate [snapshot] key=[reply] hits=count() bytes=sum(size)   computed anew for each result",
    "      Project cast(http_reply as int) as reply, try_cast(bytes as long) as size",
    "        Table weblogs: file, json, reads http_reply, bytes",
  ].join("\n"),
  build(context) {
    const repliesGroups = context.scratchGroups({
      key: { reply: "int" },
      lanes: () => ({ hits: count(), bytes: sumLong() }),
    });
    const resultRows: RepliesRow[] = [];
    const resultOrder = rowOrder<RepliesRow>({ reply: "int", hits: "long", bytes: "long?" }, descending((row) => row.hits, "long"));

    // weblogs |> select |> aggregate    line 29
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
      // replies/aggregate |> order by    line 29
      const groups = repliesGroups.snapshot();
      for (const slot of groups.slots) {
        resultRows.push({
          reply: groups.keys.reply.get(slot),
          hits: groups.lanes.hits.get(slot),
          bytes: groups.lanes.bytes.get(slot),
        });
      }

      // order by |> into    line 30
      for (const row of takeRows(resultRows, resultOrder)) {
        context.output.insert(row);
      }
    }

    return {
      reads: {
        weblogs: {
          begin() {
            repliesGroups.clear();
          },
          process: process,
        },
      },
      finish,
    };
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

/** The query daily_urls, line 33 of web-log.sluice. */
export const daily_urls = defineQuery<DailyUrlsRow>({
  name: "daily_urls",
  mode: "append",
  trigger: () => asap,
  reads: {
    weblogs: {
      input: "weblogs",
      bounded: true,
      connector: (params) => fileSource({ path: stringParam(params, "logs") }),
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
  encodeJson: writeDailyUrls,
  plan: [
    "Sink daily_urls [append] into memory",
    "  Sort day, hits desc",
    "    Aggregate [snapshot] key=[cast(timestamp as date) as day, url] hits=count()   computed anew for each result",
    "      Project timestamp, regexp_extract(request, \"^[A-Z]+ ([^ ?]+)\", 1) as url",
    "        Table weblogs: file, json, reads timestamp, request",
  ].join("\n"),
  build(context) {
    const daily_urlsGroups = context.scratchGroups({
      key: { day: "date", url: "string" },
      lanes: () => ({ hits: count() }),
    });
    const resultRows: DailyUrlsRow[] = [];
    const resultOrder = rowOrder<DailyUrlsRow>(
      { day: "date", url: "string", hits: "long" },
      ascending((row) => row.day, "date"),
      descending((row) => row.hits, "long"),
    );

    // weblogs |> select |> aggregate    line 35
    function process(batch: ColumnBatch<WeblogsForDailyUrlsColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        const slot = daily_urlsGroups.slot(dayOfTimestamp(columns.timestamp[row]), extractGroup(columns.request.text(row), pattern, 1));
        daily_urlsGroups.lanes.hits.add(slot);
      }
    }

    function finish(): void {
      // daily_urls/aggregate |> order by    line 35
      const groups = daily_urlsGroups.snapshot();
      for (const slot of groups.slots) {
        resultRows.push({
          day: groups.keys.day.get(slot),
          url: groups.keys.url.get(slot),
          hits: groups.lanes.hits.get(slot),
        });
      }

      // order by |> into    line 36
      for (const row of takeRows(resultRows, resultOrder)) {
        context.output.insert(row);
      }
    }

    return {
      reads: {
        weblogs: {
          begin() {
            daily_urlsGroups.clear();
          },
          process: process,
        },
      },
      finish,
    };
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

/** The query content_pages, line 39 of web-log.sluice. */
export const content_pages = defineQuery<ContentPagesRow>({
  name: "content_pages",
  mode: "append",
  trigger: () => asap,
  reads: {
    weblogs: {
      input: "weblogs",
      bounded: true,
      connector: (params) => fileSource({ path: stringParam(params, "logs") }),
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
    "Sink content_pages [append] into memory",
    "  Sort hits desc",
    "    Aggregate [snapshot] key=[url] hits=count() largest=max(size)   computed anew for each result",
    "      Project try_cast(bytes as long) as size, regexp_extract(request, \"^[A-Z]+ ([^ ?]+)\", 1) as url",
    "        Filter isContent(request)",
    "          Table weblogs: file, json, reads request, bytes where request rlike \"^GET .+ HTTP/\\\\d\\\\.\\\\d$\"",
  ].join("\n"),
  build(context) {
    const content_pagesGroups = context.scratchGroups({
      key: { url: "string" },
      lanes: () => ({ hits: count(), largest: maxLong() }),
    });
    const resultRows: ContentPagesRow[] = [];
    const resultOrder = rowOrder<ContentPagesRow>({ url: "string", hits: "long", largest: "long?" }, descending((row) => row.hits, "long"));

    // weblogs |> where |> select |> aggregate    line 42
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
      // content_pages/aggregate |> order by    line 42
      const groups = content_pagesGroups.snapshot();
      for (const slot of groups.slots) {
        resultRows.push({
          url: groups.keys.url.get(slot),
          hits: groups.lanes.hits.get(slot),
          largest: groups.lanes.largest.get(slot),
        });
      }

      // order by |> into    line 43
      for (const row of takeRows(resultRows, resultOrder)) {
        context.output.insert(row);
      }
    }

    return {
      reads: {
        weblogs: {
          begin() {
            content_pagesGroups.clear();
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
  name: "web-log",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {
    logs: { type: "string", default: () => "examples/web-log/data" },
  },
  queries: [record_count, replies, daily_urls, content_pages],
  sideOutputs: [],
});

await runMain(import.meta, job);
