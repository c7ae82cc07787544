// Emitted from watermark-rows.sluice; change the job and run `sluice build`.
//
// Sink word_counts [update] into memory
//   Aggregate [onChange] key=[word, sliding(time, 10m, every 5m)] rows=count()   state word_counts/aggregate: keys × 4 (panes of 5m over 10m + 10m delay)
//     Filter time is not null
//       Watermark time − 10m, late drop
//         Source words: file, json, reads time, word
import {
  asap,
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
import { fileSource } from "../runtime/connectors/file.ts";
import { memorySink } from "../runtime/connectors/memory.ts";
import { type WordsColumns, wordsReader } from "./watermark-rows.reader.ts";

/** A row of word_counts. */
export interface WordCountsRow {
  readonly word: string;
  readonly window_start: number;
  readonly window_end: number;
  readonly rows: number | bigint;
}

function writeWordCounts(row: WordCountsRow, out: JsonWriter): void {
  out.raw('{"word":');
  out.text(row.word);
  out.raw(',"window_start":');
  out.timestamp(row.window_start);
  out.raw(',"window_end":');
  out.timestamp(row.window_end);
  out.raw(',"rows":');
  out.long(row.rows);
  out.raw('}');
}

/** The query word_counts, line 11 of watermark-rows.sluice. */
export const word_counts = defineQuery<WordCountsRow>({
  name: "word_counts",
  mode: "update",
  trigger: () => asap,
  reads: {
    words: {
      input: "words",
      bounded: false,
      connector: (params) => fileSource({ path: stringParam(params, "rows"), maxFilesPerTrigger: 1 }),
      format: "json",
      reader: wordsReader,
      malformed: "fail",
    },
  },
  sink: () => memorySink("word_counts"),
  needsCheckpoint: false,
  columns: [
    { name: "word", type: "string", nullable: false },
    { name: "window_start", type: "timestamp", nullable: false },
    { name: "window_end", type: "timestamp", nullable: false },
    { name: "rows", type: "long", nullable: false },
  ],
  key: ["word", "window_start"],
  encodeJson: writeWordCounts,
  plan: [
    "Sink word_counts [update] into memory",
    "  Aggregate [onChange] key=[word, sliding(time, 10m, every 5m)] rows=count()   state word_counts/aggregate: keys × 4 (panes of 5m over 10m + 10m delay)",
    "    Filter time is not null",
    "      Watermark time − 10m, late drop",
    "        Source words: file, json, reads time, word",
  ].join("\n"),
  build(context) {
    const word_countsGroups = context.groups("word_counts/aggregate", {
      key: { word: "string" },
      window: slidingWindow(minutes(10), minutes(5)),
      closing: "window end",
      lanes: () => ({ rows: count() }),
    });
    const word_countsWatermark = context.watermark("word_counts/watermark", minutes(10));

    // words |> watermark |> where |> aggregate    line 14
    function process(batch: ColumnBatch<WordsColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        const time = columns.time.get(row);
        word_countsWatermark.observe(time);
        if (time === null) continue;
        if (word_countsGroups.isLate(time)) continue;
        const slot = word_countsGroups.slotOfTextAt(time, columns.word, row);
        word_countsGroups.lanes.rows.add(slot);
      }
    }

    function finish(): void {
      // word_counts/aggregate |> into    line 14
      const groups = word_countsGroups.changes();
      for (const slot of groups.slots) {
        context.output.write(groups.markPresent(slot), {
          word: groups.keys.word.get(slot),
          window_start: groups.windowStart(slot),
          window_end: groups.windowEnd(slot),
          rows: groups.lanes.rows.get(slot),
        });
      }
    }

    return { reads: { words: process }, finish };
  },
});

/** All of the job. */
export const job = defineJob({
  name: "watermark-rows",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {
    rows: { type: "string", default: () => "examples/watermark-rows/data" },
  },
  queries: [word_counts],
  sideOutputs: [],
});

await runMain(import.meta, job);
