// Emitted from characters.sluice; change the job and run `sluice build`.
//
// Sink characters [append] into memory
//   Aggregate [onClose] key=[tumbling(current_timestamp(), 10s)] lines=count() characters=sum(cast(length(value) as long))   state characters/aggregate: 1 (windows of 10s over 10s)
//     Source lines: socket, reads value
import {
  asap,
  type ColumnBatch,
  count,
  defineJob,
  defineQuery,
  type JsonWriter,
  numberParam,
  runMain,
  seconds,
  stringParam,
  sumLong,
  textLength,
  tumblingWindow,
} from "../runtime/index.ts";
import { memorySink } from "../runtime/connectors/memory.ts";
import { socketSource } from "../runtime/connectors/socket.ts";
import { type LinesColumns, linesReader } from "./characters.reader.ts";

/** A row of characters. */
export interface CharactersRow {
  readonly window_start: number;
  readonly window_end: number;
  readonly lines: number | bigint;
  readonly characters: number | bigint | null;
}

function writeCharacters(row: CharactersRow, out: JsonWriter): void {
  out.raw('{"window_start":');
  out.timestamp(row.window_start);
  out.raw(',"window_end":');
  out.timestamp(row.window_end);
  out.raw(',"lines":');
  out.long(row.lines);
  out.raw(',"characters":');
  out.long(row.characters);
  out.raw('}');
}

/** The query characters, line 7 of characters.sluice. */
export const characters = defineQuery<CharactersRow>({
  name: "characters",
  mode: "append",
  trigger: () => asap,
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
  sink: () => memorySink("characters"),
  needsCheckpoint: false,
  columns: [
    { name: "window_start", type: "timestamp", nullable: false },
    { name: "window_end", type: "timestamp", nullable: false },
    { name: "lines", type: "long", nullable: false },
    { name: "characters", type: "long", nullable: true },
  ],
  encodeJson: writeCharacters,
  plan: [
    "Sink characters [append] into memory",
    "  Aggregate [onClose] key=[tumbling(current_timestamp(), 10s)] lines=count() characters=sum(cast(length(value) as long))   state characters/aggregate: 1 (windows of 10s over 10s)",
    "    Source lines: socket, reads value",
  ].join("\n"),
  build(context) {
    const charactersGroups = context.groups("characters/aggregate", {
      key: {},
      window: tumblingWindow(seconds(10)),
      closing: "clock",
      lanes: () => ({ lines: count(), characters: sumLong() }),
    });

    // lines |> aggregate    line 9
    function process(batch: ColumnBatch<LinesColumns>): void {
      const { columns } = batch;
      let row = 0;
      try {
        for (; row < batch.length; row++) {
          const slot = charactersGroups.slot(context.batch.timestamp);
          charactersGroups.lanes.lines.add(slot);
          charactersGroups.lanes.characters.add(slot, textLength(columns.value.text(row)));
        }
      } catch (error) {
        throw context.rowFailure(error, batch, row);
      }
    }

    function finish(): void {
      // characters/aggregate |> into    line 9
      const groups = charactersGroups.closed();
      for (const slot of groups.slots) {
        context.output.insert({
          window_start: groups.windowStart(slot),
          window_end: groups.windowEnd(slot),
          lines: groups.lanes.lines.get(slot),
          characters: groups.lanes.characters.get(slot),
        });
      }
    }

    return { reads: { lines: process }, finish };
  },
});

/** All of the job. */
export const job = defineJob({
  name: "characters",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {
    host: { type: "string", default: () => "localhost" },
    port: { type: "int", default: () => 9999 },
  },
  queries: [characters],
  sideOutputs: [],
});

await runMain(import.meta, job);
