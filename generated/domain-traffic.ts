// Emitted from domain-traffic.sluice; change the job and run `sluice build`.
//
// Sink two_hours [append] into memory
//   Aggregate [onClose] key=[domain, sliding(time, 2h, every 1h)] hits=count() bytes=sum(bytes)   state two_hours/aggregate: keys × 3 (panes of 1h over 2h + 15m delay)
//     Project time, bytes, regexp_extract(url, "^https?://([^/]+)", 1) as domain
//       Watermark time − 15m, late drop
//         Source hits: file, json, reads time, url, bytes
//
// Sink each_hour [append] into memory
//   Aggregate [onClose] key=[domain, tumbling(time, 1h)] hits=count() bytes=sum(bytes)   state hourly/aggregate: keys × 2 (windows of 1h over 1h + 15m delay)
//     Project time, bytes, regexp_extract(url, "^https?://([^/]+)", 1) as domain
//       Watermark time − 15m, late drop
//         Source hits: file, json, reads time, url, bytes
//
// Sink largest_domain [append] into memory
//   Aggregate [onClose] key=[tumbling(window_end - 1 microsecond, 1h)] domain=max_by(domain, hits) hits=max(hits)   state largest_domain/aggregate: 2 (windows of 1h over 1h + 15m delay)
//     Aggregate [onClose] key=[domain, tumbling(time, 1h)] hits=count() bytes=sum(bytes)   state hourly/aggregate: keys × 2 (windows of 1h over 1h + 15m delay)
//       Project time, bytes, regexp_extract(url, "^https?://([^/]+)", 1) as domain
//         Watermark time − 15m, late drop
//           Source hits: file, json, reads time, url, bytes
//
// Sink today [update] into memory
//   Aggregate [onChange] key=[domain, tumbling(time, 1d)] hits=count()   state today/aggregate: keys × 2 (windows of 1d over 1d + 15m delay)
//     Project time, regexp_extract(url, "^https?://([^/]+)", 1) as domain
//       Watermark time − 15m, late drop
//         Source hits: file, json, reads time, url
import {
  asap,
  type ColumnBatch,
  count,
  days,
  defineJob,
  defineQuery,
  extractGroup,
  hours,
  type JsonWriter,
  maxBy,
  maxLong,
  minutes,
  nativePattern,
  runMain,
  slidingWindow,
  stringParam,
  subtractMicros,
  sumLong,
  tumblingWindow,
} from "../runtime/index.ts";
import { fileSource } from "../runtime/connectors/file.ts";
import { memorySink } from "../runtime/connectors/memory.ts";
import { type HitsColumns, type HitsForTodayColumns, hitsForTodayReader, hitsReader } from "./domain-traffic.reader.ts";

const pattern = nativePattern("^https?://([^/]+)");

/** A row of two_hours. */
export interface TwoHoursRow {
  readonly domain: string;
  readonly window_start: number;
  readonly window_end: number;
  readonly hits: number | bigint;
  readonly bytes: number | bigint | null;
}

function writeTwoHours(row: TwoHoursRow, out: JsonWriter): void {
  out.raw('{"domain":');
  out.text(row.domain);
  out.raw(',"window_start":');
  out.timestamp(row.window_start);
  out.raw(',"window_end":');
  out.timestamp(row.window_end);
  out.raw(',"hits":');
  out.long(row.hits);
  out.raw(',"bytes":');
  out.long(row.bytes);
  out.raw('}');
}

/** The query two_hours, line 24 of domain-traffic.sluice. */
export const two_hours = defineQuery<TwoHoursRow>({
  name: "two_hours",
  mode: "append",
  trigger: () => asap,
  reads: {
    hits: {
      input: "hits",
      bounded: false,
      connector: (params) => fileSource({ path: stringParam(params, "log"), maxFilesPerTrigger: 1 }),
      format: "json",
      reader: hitsReader,
      malformed: "fail",
    },
  },
  sink: () => memorySink("two_hours"),
  needsCheckpoint: false,
  columns: [
    { name: "domain", type: "string", nullable: false },
    { name: "window_start", type: "timestamp", nullable: false },
    { name: "window_end", type: "timestamp", nullable: false },
    { name: "hits", type: "long", nullable: false },
    { name: "bytes", type: "long", nullable: true },
  ],
  encodeJson: writeTwoHours,
  plan: [
    "Sink two_hours [append] into memory",
    "  Aggregate [onClose] key=[domain, sliding(time, 2h, every 1h)] hits=count() bytes=sum(bytes)   state two_hours/aggregate: keys × 3 (panes of 1h over 2h + 15m delay)",
    "    Project time, bytes, regexp_extract(url, \"^https?://([^/]+)\", 1) as domain",
    "      Watermark time − 15m, late drop",
    "        Source hits: file, json, reads time, url, bytes",
  ].join("\n"),
  build(context) {
    const two_hoursGroups = context.groups("two_hours/aggregate", {
      key: { domain: "string" },
      window: slidingWindow(hours(2), hours(1)),
      closing: "window end",
      lanes: () => ({ hits: count(), bytes: sumLong() }),
    });
    const visitsWatermark = context.watermark("visits/watermark", minutes(15));

    // hits |> watermark |> select |> aggregate    line 26
    function process(batch: ColumnBatch<HitsColumns>): void {
      const { columns } = batch;
      let row = 0;
      try {
        for (; row < batch.length; row++) {
          const time = columns.time[row];
          visitsWatermark.observe(time);
          if (two_hoursGroups.isLate(time)) continue;
          const slot = two_hoursGroups.slot(time, extractGroup(columns.url.text(row), pattern, 1));
          two_hoursGroups.lanes.hits.add(slot);
          two_hoursGroups.lanes.bytes.add(slot, columns.bytes.get(row));
        }
      } catch (error) {
        throw context.rowFailure(error, batch, row);
      }
    }

    function finish(): void {
      // two_hours/aggregate |> into    line 26
      const groups = two_hoursGroups.closed();
      for (const slot of groups.slots) {
        context.output.insert({
          domain: groups.keys.domain.get(slot),
          window_start: groups.windowStart(slot),
          window_end: groups.windowEnd(slot),
          hits: groups.lanes.hits.get(slot),
          bytes: groups.lanes.bytes.get(slot),
        });
      }
    }

    return { reads: { hits: process }, finish };
  },
});

/** A row of each_hour. */
export interface EachHourRow {
  readonly domain: string;
  readonly window_start: number;
  readonly window_end: number;
  readonly hits: number | bigint;
  readonly bytes: number | bigint | null;
}

function writeEachHour(row: EachHourRow, out: JsonWriter): void {
  out.raw('{"domain":');
  out.text(row.domain);
  out.raw(',"window_start":');
  out.timestamp(row.window_start);
  out.raw(',"window_end":');
  out.timestamp(row.window_end);
  out.raw(',"hits":');
  out.long(row.hits);
  out.raw(',"bytes":');
  out.long(row.bytes);
  out.raw('}');
}

/** The query each_hour, line 30 of domain-traffic.sluice. */
export const each_hour = defineQuery<EachHourRow>({
  name: "each_hour",
  mode: "append",
  trigger: () => asap,
  reads: {
    hits: {
      input: "hits",
      bounded: false,
      connector: (params) => fileSource({ path: stringParam(params, "log"), maxFilesPerTrigger: 1 }),
      format: "json",
      reader: hitsReader,
      malformed: "fail",
    },
  },
  sink: () => memorySink("each_hour"),
  needsCheckpoint: false,
  columns: [
    { name: "domain", type: "string", nullable: false },
    { name: "window_start", type: "timestamp", nullable: false },
    { name: "window_end", type: "timestamp", nullable: false },
    { name: "hits", type: "long", nullable: false },
    { name: "bytes", type: "long", nullable: true },
  ],
  encodeJson: writeEachHour,
  plan: [
    "Sink each_hour [append] into memory",
    "  Aggregate [onClose] key=[domain, tumbling(time, 1h)] hits=count() bytes=sum(bytes)   state hourly/aggregate: keys × 2 (windows of 1h over 1h + 15m delay)",
    "    Project time, bytes, regexp_extract(url, \"^https?://([^/]+)\", 1) as domain",
    "      Watermark time − 15m, late drop",
    "        Source hits: file, json, reads time, url, bytes",
  ].join("\n"),
  build(context) {
    const hourly = context.groups("hourly/aggregate", {
      key: { domain: "string" },
      window: tumblingWindow(hours(1)),
      closing: "window end",
      lanes: () => ({ hits: count(), bytes: sumLong() }),
    });
    const visitsWatermark = context.watermark("visits/watermark", minutes(15));

    // hits |> watermark |> select |> aggregate    line 22
    function process(batch: ColumnBatch<HitsColumns>): void {
      const { columns } = batch;
      let row = 0;
      try {
        for (; row < batch.length; row++) {
          const time = columns.time[row];
          visitsWatermark.observe(time);
          if (hourly.isLate(time)) continue;
          const slot = hourly.slot(time, extractGroup(columns.url.text(row), pattern, 1));
          hourly.lanes.hits.add(slot);
          hourly.lanes.bytes.add(slot, columns.bytes.get(row));
        }
      } catch (error) {
        throw context.rowFailure(error, batch, row);
      }
    }

    function finish(): void {
      // hourly/aggregate |> into    line 22
      const groups = hourly.closed();
      for (const slot of groups.slots) {
        context.output.insert({
          domain: groups.keys.domain.get(slot),
          window_start: groups.windowStart(slot),
          window_end: groups.windowEnd(slot),
          hits: groups.lanes.hits.get(slot),
          bytes: groups.lanes.bytes.get(slot),
        });
      }
    }

    return { reads: { hits: process }, finish };
  },
});

/** A row of largest_domain. */
export interface LargestDomainRow {
  readonly window_start: number;
  readonly window_end: number;
  readonly domain: string | null;
  readonly hits: number | bigint | null;
}

function writeLargestDomain(row: LargestDomainRow, out: JsonWriter): void {
  out.raw('{"window_start":');
  out.timestamp(row.window_start);
  out.raw(',"window_end":');
  out.timestamp(row.window_end);
  out.raw(',"domain":');
  out.text(row.domain);
  out.raw(',"hits":');
  out.long(row.hits);
  out.raw('}');
}

/** The query largest_domain, line 36 of domain-traffic.sluice. */
export const largest_domain = defineQuery<LargestDomainRow>({
  name: "largest_domain",
  mode: "append",
  trigger: () => asap,
  reads: {
    hits: {
      input: "hits",
      bounded: false,
      connector: (params) => fileSource({ path: stringParam(params, "log"), maxFilesPerTrigger: 1 }),
      format: "json",
      reader: hitsReader,
      malformed: "fail",
    },
  },
  sink: () => memorySink("largest_domain"),
  needsCheckpoint: false,
  columns: [
    { name: "window_start", type: "timestamp", nullable: false },
    { name: "window_end", type: "timestamp", nullable: false },
    { name: "domain", type: "string", nullable: true },
    { name: "hits", type: "long", nullable: true },
  ],
  encodeJson: writeLargestDomain,
  plan: [
    "Sink largest_domain [append] into memory",
    "  Aggregate [onClose] key=[tumbling(window_end - 1 microsecond, 1h)] domain=max_by(domain, hits) hits=max(hits)   state largest_domain/aggregate: 2 (windows of 1h over 1h + 15m delay)",
    "    Aggregate [onClose] key=[domain, tumbling(time, 1h)] hits=count() bytes=sum(bytes)   state hourly/aggregate: keys × 2 (windows of 1h over 1h + 15m delay)",
    "      Project time, bytes, regexp_extract(url, \"^https?://([^/]+)\", 1) as domain",
    "        Watermark time − 15m, late drop",
    "          Source hits: file, json, reads time, url, bytes",
  ].join("\n"),
  build(context) {
    const hourly = context.groups("hourly/aggregate", {
      key: { domain: "string" },
      window: tumblingWindow(hours(1)),
      closing: "window end",
      lanes: () => ({ hits: count(), bytes: sumLong() }),
    });
    const largest_domainGroups = context.groups("largest_domain/aggregate", {
      key: {},
      window: tumblingWindow(hours(1)),
      closing: "window end",
      lanes: () => ({ domain: maxBy("string", "long"), hits: maxLong() }),
    });
    const visitsWatermark = context.watermark("visits/watermark", minutes(15));

    // hits |> watermark |> select |> aggregate    line 22
    function process(batch: ColumnBatch<HitsColumns>): void {
      const { columns } = batch;
      let row = 0;
      try {
        for (; row < batch.length; row++) {
          const time = columns.time[row];
          visitsWatermark.observe(time);
          if (hourly.isLate(time)) continue;
          const slot = hourly.slot(time, extractGroup(columns.url.text(row), pattern, 1));
          hourly.lanes.hits.add(slot);
          hourly.lanes.bytes.add(slot, columns.bytes.get(row));
        }
      } catch (error) {
        throw context.rowFailure(error, batch, row);
      }
    }

    function finish(): void {
      // hourly/aggregate |> aggregate    line 38
      const hourlyResult = hourly.closed();
      for (const slot of hourlyResult.slots) {
        const window_end = hourlyResult.windowEnd(slot);
        const hits = hourlyResult.lanes.hits.get(slot);
        const time = subtractMicros(window_end, 1);
        if (largest_domainGroups.isLate(time)) continue;
        const slot2 = largest_domainGroups.slot(time);
        largest_domainGroups.lanes.domain.add(slot2, hourlyResult.keys.domain.get(slot), hits);
        largest_domainGroups.lanes.hits.add(slot2, hits);
      }

      // largest_domain/aggregate |> into    line 38
      const largest_domainResult = largest_domainGroups.closed();
      for (const slot of largest_domainResult.slots) {
        context.output.insert({
          window_start: largest_domainResult.windowStart(slot),
          window_end: largest_domainResult.windowEnd(slot),
          domain: largest_domainResult.lanes.domain.get(slot),
          hits: largest_domainResult.lanes.hits.get(slot),
        });
      }
    }

    return { reads: { hits: process }, finish };
  },
});

/** A row of today. */
export interface TodayRow {
  readonly domain: string;
  readonly window_start: number;
  readonly window_end: number;
  readonly hits: number | bigint;
}

function writeToday(row: TodayRow, out: JsonWriter): void {
  out.raw('{"domain":');
  out.text(row.domain);
  out.raw(',"window_start":');
  out.timestamp(row.window_start);
  out.raw(',"window_end":');
  out.timestamp(row.window_end);
  out.raw(',"hits":');
  out.long(row.hits);
  out.raw('}');
}

/** The query today, line 42 of domain-traffic.sluice. */
export const today = defineQuery<TodayRow>({
  name: "today",
  mode: "update",
  trigger: () => asap,
  reads: {
    hits: {
      input: "hits",
      bounded: false,
      connector: (params) => fileSource({ path: stringParam(params, "log"), maxFilesPerTrigger: 1 }),
      format: "json",
      reader: hitsForTodayReader,
      malformed: "fail",
    },
  },
  sink: () => memorySink("today"),
  needsCheckpoint: false,
  columns: [
    { name: "domain", type: "string", nullable: false },
    { name: "window_start", type: "timestamp", nullable: false },
    { name: "window_end", type: "timestamp", nullable: false },
    { name: "hits", type: "long", nullable: false },
  ],
  key: ["domain", "window_start"],
  encodeJson: writeToday,
  plan: [
    "Sink today [update] into memory",
    "  Aggregate [onChange] key=[domain, tumbling(time, 1d)] hits=count()   state today/aggregate: keys × 2 (windows of 1d over 1d + 15m delay)",
    "    Project time, regexp_extract(url, \"^https?://([^/]+)\", 1) as domain",
    "      Watermark time − 15m, late drop",
    "        Source hits: file, json, reads time, url",
  ].join("\n"),
  build(context) {
    const todayGroups = context.groups("today/aggregate", {
      key: { domain: "string" },
      window: tumblingWindow(days(1)),
      closing: "window end",
      lanes: () => ({ hits: count() }),
    });
    const visitsWatermark = context.watermark("visits/watermark", minutes(15));

    // hits |> watermark |> select |> aggregate    line 44
    function process(batch: ColumnBatch<HitsForTodayColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        const time = columns.time[row];
        visitsWatermark.observe(time);
        if (todayGroups.isLate(time)) continue;
        const slot = todayGroups.slot(time, extractGroup(columns.url.text(row), pattern, 1));
        todayGroups.lanes.hits.add(slot);
      }
    }

    function finish(): void {
      // today/aggregate |> into    line 44
      const groups = todayGroups.changes();
      for (const slot of groups.slots) {
        context.output.write(groups.markPresent(slot), {
          domain: groups.keys.domain.get(slot),
          window_start: groups.windowStart(slot),
          window_end: groups.windowEnd(slot),
          hits: groups.lanes.hits.get(slot),
        });
      }
    }

    return { reads: { hits: process }, finish };
  },
});

/** All of the job. */
export const job = defineJob({
  name: "domain-traffic",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {
    log: { type: "string", default: () => "examples/domain-traffic/data" },
  },
  queries: [two_hours, each_hour, largest_domain, today],
  sideOutputs: [],
});

await runMain(import.meta, job);
