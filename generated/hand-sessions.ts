// Emitted from hand-sessions.sluice; change the job and run `sluice build`.
//
// Sink by_hand [append] into memory
//   State process sessions({ at: at }) by user as user, start, end, clicks   state by_hand/state: keys × open
//     Watermark at − 10m, late drop
//       Source clicks: file, json, reads at, user
//
// Sink by_window [append] into memory
//   Project user, window_start as start, window_end as end, clicks
//     Aggregate [onClose] key=[user, session(at, gap 30m)] clicks=count()   state by_window/aggregate: keys × sessions open (gap 30m + 10m delay)
//       Watermark at − 10m, late drop
//         Source clicks: file, json, reads at, user
import {
  asap,
  asNumber,
  asText,
  asTimestamp,
  type ColumnBatch,
  count,
  dateOfTimestamp,
  defineJob,
  defineQuery,
  type JsonWriter,
  minutes,
  runMain,
  stringParam,
} from "../runtime/index.ts";
import { fileSource } from "../runtime/connectors/file.ts";
import { memorySink } from "../runtime/connectors/memory.ts";
import { sessions } from "../examples/hand-sessions/sessions.ts";
import { type ClicksColumns, clicksReader } from "./hand-sessions.reader.ts";

const gap = minutes(30);

/** A row of by_hand. */
export interface ByHandRow {
  readonly user: string;
  readonly start: number;
  readonly end: number;
  readonly clicks: number;
}

function writeByHand(row: ByHandRow, out: JsonWriter): void {
  out.raw('{"user":');
  out.text(row.user);
  out.raw(',"start":');
  out.timestamp(row.start);
  out.raw(',"end":');
  out.timestamp(row.end);
  out.raw(',"clicks":');
  out.double(row.clicks);
  out.raw('}');
}

/** The query by_hand, line 18 of hand-sessions.sluice. */
export const by_hand = defineQuery<ByHandRow>({
  name: "by_hand",
  mode: "append",
  trigger: () => asap,
  reads: {
    clicks: {
      input: "clicks",
      bounded: false,
      connector: (params) => fileSource({ path: stringParam(params, "folder"), maxFilesPerTrigger: 1 }),
      format: "json",
      reader: clicksReader,
      malformed: "fail",
    },
  },
  sink: () => memorySink("by_hand"),
  needsCheckpoint: false,
  columns: [
    { name: "user", type: "string", nullable: false },
    { name: "start", type: "timestamp", nullable: false },
    { name: "end", type: "timestamp", nullable: false },
    { name: "clicks", type: "double", nullable: false },
  ],
  encodeJson: writeByHand,
  plan: [
    "Sink by_hand [append] into memory",
    "  State process sessions({ at: at }) by user as user, start, end, clicks   state by_hand/state: keys × open",
    "    Watermark at − 10m, late drop",
    "      Source clicks: file, json, reads at, user",
  ].join("\n"),
  build(context) {
    const by_handState = context.keyedProcess("by_hand/state", {
      function: "sessions",
      key: { user: "string" },
      keyOf: (key) => key.user,
      states: {
        open: { value: { array: { fields: { start: "Date", end: "Date", clicks: "number" } } } },
        timers: "timers",
      },
      call: sessions,
      underWatermark: true,
    });
    const timedWatermark = context.watermark("timed/watermark", minutes(10));

    // clicks |> watermark |> state sessions    line 15
    function process(batch: ColumnBatch<ClicksColumns>): void {
      const { columns } = batch;
      let row = 0;
      try {
        for (; row < batch.length; row++) {
          const at = columns.at[row];
          timedWatermark.observe(at);
          if (by_handState.isLate(at)) continue;
          by_handState.add([columns.user.text(row)], { at: dateOfTimestamp(at) }, at);
        }
      } catch (error) {
        throw context.rowFailure(error, batch, row);
      }
    }

    function finish(): void {
      // by_hand/state |> into    line 20
      for (const row of by_handState.run()) {
        context.output.insert({
          user: asText(row.user, "sessions.user"),
          start: asTimestamp(row.start, "sessions.start"),
          end: asTimestamp(row.end, "sessions.end"),
          clicks: asNumber(row.clicks, "sessions.clicks"),
        });
      }
    }

    return { reads: { clicks: process }, finish };
  },
});

/** A row of by_window. */
export interface ByWindowRow {
  readonly user: string;
  readonly start: number;
  readonly end: number;
  readonly clicks: number | bigint;
}

function writeByWindow(row: ByWindowRow, out: JsonWriter): void {
  out.raw('{"user":');
  out.text(row.user);
  out.raw(',"start":');
  out.timestamp(row.start);
  out.raw(',"end":');
  out.timestamp(row.end);
  out.raw(',"clicks":');
  out.long(row.clicks);
  out.raw('}');
}

/** The query by_window, line 23 of hand-sessions.sluice. */
export const by_window = defineQuery<ByWindowRow>({
  name: "by_window",
  mode: "append",
  trigger: () => asap,
  reads: {
    clicks: {
      input: "clicks",
      bounded: false,
      connector: (params) => fileSource({ path: stringParam(params, "folder"), maxFilesPerTrigger: 1 }),
      format: "json",
      reader: clicksReader,
      malformed: "fail",
    },
  },
  sink: () => memorySink("by_window"),
  needsCheckpoint: false,
  columns: [
    { name: "user", type: "string", nullable: false },
    { name: "start", type: "timestamp", nullable: false },
    { name: "end", type: "timestamp", nullable: false },
    { name: "clicks", type: "long", nullable: false },
  ],
  encodeJson: writeByWindow,
  plan: [
    "Sink by_window [append] into memory",
    "  Project user, window_start as start, window_end as end, clicks",
    "    Aggregate [onClose] key=[user, session(at, gap 30m)] clicks=count()   state by_window/aggregate: keys × sessions open (gap 30m + 10m delay)",
    "      Watermark at − 10m, late drop",
    "        Source clicks: file, json, reads at, user",
  ].join("\n"),
  build(context) {
    const by_windowGroups = context.sessions("by_window/aggregate", {
      key: { user: "string" },
      closing: "window end",
      lanes: () => ({ clicks: count() }),
    });
    const timedWatermark = context.watermark("timed/watermark", minutes(10));

    // clicks |> watermark |> aggregate    line 25
    function process(batch: ColumnBatch<ClicksColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        const at = columns.at[row];
        timedWatermark.observe(at);
        if (by_windowGroups.isLate(at, gap)) continue;
        const slot = by_windowGroups.slot(at, gap, columns.user.text(row));
        by_windowGroups.lanes.clicks.add(slot);
      }
    }

    function finish(): void {
      // by_window/aggregate |> select |> into    line 25
      const groups = by_windowGroups.closed();
      for (const slot of groups.slots) {
        context.output.insert({
          user: groups.keys.user.get(slot),
          start: groups.windowStart(slot),
          end: groups.windowEnd(slot),
          clicks: groups.lanes.clicks.get(slot),
        });
      }
    }

    return { reads: { clicks: process }, finish };
  },
});

/** All of the job. */
export const job = defineJob({
  name: "hand-sessions",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {
    folder: { type: "string", default: () => "examples/hand-sessions/data" },
  },
  queries: [by_hand, by_window],
  sideOutputs: [],
});

await runMain(import.meta, job);
