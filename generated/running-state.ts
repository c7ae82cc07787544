// Emitted from running-state.sluice; change the job and run `sluice build`.
//
// Sink running [update] into memory
//   State update totals(amount) by word as total, batches   state running/state: keys
//     Source amounts: queue, json, reads word, amount
import {
  asap,
  asLong,
  asNumber,
  type ColumnBatch,
  defineJob,
  defineQuery,
  type JsonWriter,
  nullableToBigInt,
  runMain,
} from "../runtime/index.ts";
import { memorySink } from "../runtime/connectors/memory.ts";
import { queueSource } from "../runtime/connectors/queue.ts";
import { totals } from "../examples/running-state/totals.ts";
import { type AmountsColumns, amountsReader } from "./running-state.reader.ts";

/** A row of running. */
export interface RunningRow {
  readonly word: string;
  readonly total: number | bigint;
  readonly batches: number;
}

function writeRunning(row: RunningRow, out: JsonWriter): void {
  out.raw('{"word":');
  out.text(row.word);
  out.raw(',"total":');
  out.long(row.total);
  out.raw(',"batches":');
  out.double(row.batches);
  out.raw('}');
}

/** The query running, line 6 of running-state.sluice. */
export const running = defineQuery<RunningRow>({
  name: "running",
  mode: "update",
  trigger: () => asap,
  reads: {
    amounts: {
      input: "amounts",
      bounded: false,
      connector: () => queueSource("amounts", { oneAtATime: true }),
      format: "json",
      reader: amountsReader,
      malformed: "fail",
    },
  },
  sink: () => memorySink("running"),
  needsCheckpoint: false,
  columns: [
    { name: "word", type: "string", nullable: false },
    { name: "total", type: "long", nullable: false },
    { name: "batches", type: "double", nullable: false },
  ],
  key: ["word"],
  encodeJson: writeRunning,
  plan: [
    "Sink running [update] into memory",
    "  State update totals(amount) by word as total, batches   state running/state: keys",
    "    Source amounts: queue, json, reads word, amount",
  ].join("\n"),
  build(context) {
    const runningState = context.updateState("running/state", {
      function: "totals",
      key: { word: "string" },
      state: { fields: { total: "bigint", batches: "number" } },
      call: totals,
      rowOf: (key, state) => ({
        word: key.word,
        total: asLong(state.total, "totals.total"),
        batches: asNumber(state.batches, "totals.batches"),
      }),
    });

    // amounts |> state totals    line 7
    function process(batch: ColumnBatch<AmountsColumns>): void {
      const { columns } = batch;
      let row = 0;
      try {
        for (; row < batch.length; row++) {
          runningState.add([columns.word.text(row)], nullableToBigInt(columns.amount.get(row)));
        }
      } catch (error) {
        throw context.rowFailure(error, batch, row);
      }
    }

    function finish(): void {
      // running/state |> into    line 8
      runningState.run();
      for (const { row, weight } of runningState.shown()) {
        context.output.change(weight, row);
      }
    }

    return { reads: { amounts: process }, finish };
  },
});

/** All of the job. */
export const job = defineJob({
  name: "running-state",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {},
  queries: [running],
  sideOutputs: [],
});

await runMain(import.meta, job);
