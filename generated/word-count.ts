// Emitted from word-count.sluice; change the job and run `sluice build`.
//
// Sink counts [update] into memory
//   Aggregate [onChange] key=[word] n=count()   state counts/aggregate: keys
//     Project word.word as word
//       Explode words({ value: value }) as word
//         Source lines: socket, reads value
import {
  asap,
  asRows,
  asText,
  type ColumnBatch,
  count,
  defineJob,
  defineQuery,
  type JsonWriter,
  numberParam,
  runMain,
  stringParam,
} from "../runtime/index.ts";
import { memorySink } from "../runtime/connectors/memory.ts";
import { socketSource } from "../runtime/connectors/socket.ts";
import { words } from "../examples/word-count/words.ts";
import { type LinesColumns, linesReader } from "./word-count.reader.ts";

/** A row of counts. */
export interface CountsRow {
  readonly word: string;
  readonly n: number | bigint;
}

function writeCounts(row: CountsRow, out: JsonWriter): void {
  out.raw('{"word":');
  out.text(row.word);
  out.raw(',"n":');
  out.long(row.n);
  out.raw('}');
}

/** The query counts, line 9 of word-count.sluice. */
export const counts = defineQuery<CountsRow>({
  name: "counts",
  mode: "update",
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
  sink: () => memorySink("counts"),
  needsCheckpoint: false,
  columns: [
    { name: "word", type: "string", nullable: false },
    { name: "n", type: "long", nullable: false },
  ],
  key: ["word"],
  encodeJson: writeCounts,
  plan: [
    "Sink counts [update] into memory",
    "  Aggregate [onChange] key=[word] n=count()   state counts/aggregate: keys",
    "    Project word.word as word",
    "      Explode words({ value: value }) as word",
    "        Source lines: socket, reads value",
  ].join("\n"),
  build(context) {
    const countsGroups = context.groups("counts/aggregate", {
      key: { word: "string" },
      lanes: () => ({ n: count() }),
    });

    // lines |> flatMap words |> select |> aggregate    line 12
    function process(batch: ColumnBatch<LinesColumns>): void {
      const { columns } = batch;
      let row = 0;
      try {
        for (; row < batch.length; row++) {
          for (const word of asRows(words({ value: columns.value.text(row) }), "words")) {
            const slot = countsGroups.slot(asText(word.word, "words[].word"));
            countsGroups.lanes.n.add(slot);
          }
        }
      } catch (error) {
        throw context.rowFailure(error, batch, row, "words");
      }
    }

    function finish(): void {
      // counts/aggregate |> into    line 12
      const groups = countsGroups.changes();
      for (const slot of groups.slots) {
        context.output.write(groups.markPresent(slot), { word: groups.keys.word.get(slot), n: groups.lanes.n.get(slot) });
      }
    }

    return { reads: { lines: process }, finish };
  },
});

/** All of the job. */
export const job = defineJob({
  name: "word-count",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {
    host: { type: "string", default: () => "localhost" },
    port: { type: "int", default: () => 9999 },
  },
  queries: [counts],
  sideOutputs: [],
});

await runMain(import.meta, job);
