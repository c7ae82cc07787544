// Emitted from failing-hosts.sluice; change the job and run `sluice build`.
//
// Sink failures [complete] into memory
//   Sort failed desc
//     Aggregate [snapshot] key=[host] failed=count() latest=max(timestamp)   state failures/aggregate: keys
//       Filter cast(http_reply as int) >= 400
//         Source weblogs: file, json, reads host, timestamp, http_reply
import {
  asap,
  type ColumnBatch,
  count,
  defineJob,
  defineQuery,
  descending,
  intFromText,
  type JsonWriter,
  maxNumber,
  rowOrder,
  runMain,
  takeRows,
} from "../runtime/index.ts";
import { fileSource } from "../runtime/connectors/file.ts";
import { memorySink } from "../runtime/connectors/memory.ts";
import { type WeblogsColumns, weblogsReader } from "./failing-hosts.reader.ts";

/** A row of failures. */
export interface FailuresRow {
  readonly host: string;
  readonly failed: number | bigint;
  readonly latest: number | null;
}

function writeFailures(row: FailuresRow, out: JsonWriter): void {
  out.raw('{"host":');
  out.text(row.host);
  out.raw(',"failed":');
  out.long(row.failed);
  out.raw(',"latest":');
  out.timestamp(row.latest);
  out.raw('}');
}

/** The query failures, line 12 of failing-hosts.sluice. */
export const failures = defineQuery<FailuresRow>({
  name: "failures",
  mode: "complete",
  trigger: () => asap,
  reads: {
    weblogs: {
      input: "weblogs",
      bounded: false,
      connector: () => fileSource({ path: "examples/web-log/data", maxFilesPerTrigger: 1 }),
      format: "json",
      reader: weblogsReader,
      malformed: "fail",
    },
  },
  sink: () => memorySink("failures"),
  needsCheckpoint: false,
  columns: [
    { name: "host", type: "string", nullable: false },
    { name: "failed", type: "long", nullable: false },
    { name: "latest", type: "timestamp", nullable: true },
  ],
  encodeJson: writeFailures,
  plan: [
    "Sink failures [complete] into memory",
    "  Sort failed desc",
    "    Aggregate [snapshot] key=[host] failed=count() latest=max(timestamp)   state failures/aggregate: keys",
    "      Filter cast(http_reply as int) >= 400",
    "        Source weblogs: file, json, reads host, timestamp, http_reply",
  ].join("\n"),
  build(context) {
    const failuresGroups = context.groups("failures/aggregate", {
      key: { host: "string" },
      lanes: () => ({ failed: count(), latest: maxNumber() }),
    });
    const resultRows: FailuresRow[] = [];
    const resultOrder = rowOrder<FailuresRow>(
      { host: "string", failed: "long", latest: "timestamp?" },
      descending((row) => row.failed, "long"),
    );

    // weblogs |> where |> aggregate    line 15
    function process(batch: ColumnBatch<WeblogsColumns>): void {
      const { columns } = batch;
      let row = 0;
      try {
        for (; row < batch.length; row++) {
          if (!(intFromText(columns.http_reply.text(row)) >= 400)) continue;
          const slot = failuresGroups.slotOfText(columns.host, row);
          failuresGroups.lanes.failed.add(slot);
          failuresGroups.lanes.latest.add(slot, columns.timestamp[row]);
        }
      } catch (error) {
        throw context.rowFailure(error, batch, row);
      }
    }

    function finish(): void {
      // failures/aggregate |> order by    line 15
      const groups = failuresGroups.snapshot();
      for (const slot of groups.slots) {
        resultRows.push({
          host: groups.keys.host.get(slot),
          failed: groups.lanes.failed.get(slot),
          latest: groups.lanes.latest.get(slot),
        });
      }

      // order by |> into    line 16
      for (const row of takeRows(resultRows, resultOrder)) {
        context.output.insert(row);
      }
    }

    return { reads: { weblogs: process }, finish };
  },
});

/** All of the job. */
export const job = defineJob({
  name: "failing-hosts",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {},
  queries: [failures],
  sideOutputs: [],
});

await runMain(import.meta, job);
