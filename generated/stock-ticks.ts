// Emitted from stock-ticks.sluice; change the job and run `sluice build`.
//
// Query stock-ticks: of_watched, large, counts, saved, committed together
//   Sink of_watched [append] into memory
//     Filter ticker = watched
//       Source ticks: file, csv, reads ticker, at, price, volume
//   Sink large [append] into memory
//     Filter volume > threshold
//       Source ticks: file, csv, reads ticker, at, volume
//   Sink counts [append] into memory
//     Aggregate key=[ticker] n=count() volume=sum(volume) per batch   computed anew for each batch
//       Source ticks: file, csv, reads ticker, volume
//   Sink saved [append] into foreachBatch (at least once; batch ids are unique only with a checkpoint)
//     Source ticks: file, csv, reads ticker, at, price, volume
import {
  asap,
  type ColumnBatch,
  count,
  dateOfTimestamp,
  defineJob,
  defineTogether,
  type JsonWriter,
  longParam,
  runMain,
  safeNumber,
  stringParam,
  sumLong,
} from "../runtime/index.ts";
import { fileSource } from "../runtime/connectors/file.ts";
import { foreachBatchSink } from "../runtime/connectors/foreach-batch.ts";
import { memorySink } from "../runtime/connectors/memory.ts";
import { save } from "../examples/stock-ticks/save.ts";
import { type TicksColumns, ticksReader } from "./stock-ticks.reader.ts";

/** A row of of_watched. */
export interface OfWatchedRow {
  readonly ticker: string;
  readonly at: number;
  readonly price: number;
  readonly volume: number | bigint;
}

function writeOfWatched(row: OfWatchedRow, out: JsonWriter): void {
  out.raw('{"ticker":');
  out.text(row.ticker);
  out.raw(',"at":');
  out.timestamp(row.at);
  out.raw(',"price":');
  out.double(row.price);
  out.raw(',"volume":');
  out.long(row.volume);
  out.raw('}');
}

/** A row of large. */
export interface LargeRow {
  readonly ticker: string;
  readonly at: number;
  readonly volume: number | bigint;
}

function writeLarge(row: LargeRow, out: JsonWriter): void {
  out.raw('{"ticker":');
  out.text(row.ticker);
  out.raw(',"at":');
  out.timestamp(row.at);
  out.raw(',"volume":');
  out.long(row.volume);
  out.raw('}');
}

/** A row of counts. */
export interface CountsRow {
  readonly ticker: string;
  readonly n: number | bigint;
  readonly volume: number | bigint | null;
}

function writeCounts(row: CountsRow, out: JsonWriter): void {
  out.raw('{"ticker":');
  out.text(row.ticker);
  out.raw(',"n":');
  out.long(row.n);
  out.raw(',"volume":');
  out.long(row.volume);
  out.raw('}');
}

/** A row of saved. */
export interface SavedRow {
  readonly ticker: string;
  readonly at: number;
  readonly price: number;
  readonly volume: number | bigint;
}

function writeSaved(row: SavedRow, out: JsonWriter): void {
  out.raw('{"ticker":');
  out.text(row.ticker);
  out.raw(',"at":');
  out.timestamp(row.at);
  out.raw(',"price":');
  out.double(row.price);
  out.raw(',"volume":');
  out.long(row.volume);
  out.raw('}');
}

/** All sinks of stock-ticks.sluice as one query: a batch is committed when every sink has it. */
export const stockTicks = defineTogether<{ of_watched: OfWatchedRow; large: LargeRow; counts: CountsRow; saved: SavedRow }>({
  name: "stock-ticks",
  trigger: () => asap,
  reads: {
    ticks: {
      input: "ticks",
      bounded: false,
      connector: (params) => fileSource({ path: stringParam(params, "ticks_folder"), maxFilesPerTrigger: 1 }),
      format: "csv",
      reader: ticksReader,
      malformed: "fail",
    },
  },
  sinks: {
    of_watched: {
      mode: "append",
      sink: () => memorySink("of_watched"),
      needsCheckpoint: false,
      columns: [
        { name: "ticker", type: "string", nullable: false },
        { name: "at", type: "timestamp", nullable: false },
        { name: "price", type: "double", nullable: false },
        { name: "volume", type: "long", nullable: false },
      ],
      encodeJson: writeOfWatched,
    },
    large: {
      mode: "append",
      sink: () => memorySink("large"),
      needsCheckpoint: false,
      columns: [
        { name: "ticker", type: "string", nullable: false },
        { name: "at", type: "timestamp", nullable: false },
        { name: "volume", type: "long", nullable: false },
      ],
      encodeJson: writeLarge,
    },
    counts: {
      mode: "append",
      sink: () => memorySink("counts"),
      needsCheckpoint: false,
      columns: [
        { name: "ticker", type: "string", nullable: false },
        { name: "n", type: "long", nullable: false },
        { name: "volume", type: "long", nullable: true },
      ],
      encodeJson: writeCounts,
    },
    saved: {
      mode: "append",
      sink: () => foreachBatchSink(save, (row: SavedRow) => ({
        ticker: row.ticker,
        at: dateOfTimestamp(row.at),
        price: row.price,
        volume: safeNumber(row.volume, "save.volume"),
      })),
      needsCheckpoint: false,
      columns: [
        { name: "ticker", type: "string", nullable: false },
        { name: "at", type: "timestamp", nullable: false },
        { name: "price", type: "double", nullable: false },
        { name: "volume", type: "long", nullable: false },
      ],
      encodeJson: writeSaved,
    },
  },
  plan: [
    "Query stock-ticks: of_watched, large, counts, saved, committed together",
    "  Sink of_watched [append] into memory",
    "    Filter ticker = watched",
    "      Source ticks: file, csv, reads ticker, at, price, volume",
    "  Sink large [append] into memory",
    "    Filter volume > threshold",
    "      Source ticks: file, csv, reads ticker, at, volume",
    "  Sink counts [append] into memory",
    "    Aggregate key=[ticker] n=count() volume=sum(volume) per batch   computed anew for each batch",
    "      Source ticks: file, csv, reads ticker, volume",
    "  Sink saved [append] into foreachBatch (at least once; batch ids are unique only with a checkpoint)",
    "    Source ticks: file, csv, reads ticker, at, price, volume",
  ].join("\n"),
  build(context) {
    const watched = stringParam(context.params, "watched");
    const threshold = longParam(context.params, "threshold");
    const counts = context.scratchGroups({
      key: { ticker: "string" },
      lanes: () => ({ n: count(), volume: sumLong() }),
    });

    // of_watched: ticks |> where |> into    line 20
    function processTicksForOf_watched(batch: ColumnBatch<TicksColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        const ticker = columns.ticker.text(row);
        if (!(ticker === watched)) continue;
        context.outputs.of_watched.insert({ ticker, at: columns.at[row], price: columns.price[row], volume: columns.volume.get(row) });
      }
    }

    // large: ticks |> where |> into    line 25
    function processTicksForLarge(batch: ColumnBatch<TicksColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        const volume = columns.volume.get(row);
        if (!(volume > threshold)) continue;
        context.outputs.large.insert({ ticker: columns.ticker.text(row), at: columns.at[row], volume });
      }
    }

    // counts: ticks |> aggregate    line 32
    function processTicksForCounts(batch: ColumnBatch<TicksColumns>): void {
      const { columns } = batch;
      let row = 0;
      try {
        for (; row < batch.length; row++) {
          const slot = counts.slotOfText(columns.ticker, row);
          counts.lanes.n.add(slot);
          counts.lanes.volume.add(slot, columns.volume.get(row));
        }
      } catch (error) {
        throw context.rowFailure(error, batch, row);
      }
    }

    // saved: ticks |> into    line 36
    function processTicksForSaved(batch: ColumnBatch<TicksColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        context.outputs.saved.insert({
          ticker: columns.ticker.text(row),
          at: columns.at[row],
          price: columns.price[row],
          volume: columns.volume.get(row),
        });
      }
    }

    function finish(): void {
      // counts: counts/aggregate |> into    line 32
      const groups = counts.snapshot();
      for (const slot of groups.slots) {
        context.outputs.counts.insert({
          ticker: groups.keys.ticker.get(slot),
          n: groups.lanes.n.get(slot),
          volume: groups.lanes.volume.get(slot),
        });
      }
    }

    return {
      reads: {
        ticks: {
          begin() {
            counts.clear();
          },
          process(batch: ColumnBatch<TicksColumns>) {
            processTicksForOf_watched(batch);
            processTicksForLarge(batch);
            processTicksForCounts(batch);
            processTicksForSaved(batch);
          },
        },
      },
      finish,
    };
  },
});

/** All of the job. */
export const job = defineJob({
  name: "stock-ticks",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {
    ticks_folder: { type: "string", default: () => "examples/stock-ticks/data" },
    watched: { type: "string", default: () => "EMC" },
    threshold: { type: "long", default: () => 500_000 },
  },
  queries: [stockTicks],
  sideOutputs: [],
});

await runMain(import.meta, job);
