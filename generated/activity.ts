// Emitted from activity.sluice; change the job and run `sluice build`.
//
// Sink activity_counts [complete] into memory
//   Aggregate [snapshot] key=[gt] measured=count()   state activity_counts/aggregate: keys
//     Source activity: file, json, reads gt
//
// Sink simple_transform [append] into memory
//   Project gt, model, arrival_time, creation_time
//     Source activity: file, json, reads arrival_time, creation_time, model, gt where gt like "%stairs%"
import {
  asap,
  type ColumnBatch,
  count,
  defineJob,
  defineQuery,
  type JsonWriter,
  runMain,
  stringParam,
} from "../runtime/index.ts";
import { fileSource } from "../runtime/connectors/file.ts";
import { memorySink } from "../runtime/connectors/memory.ts";
import {
  type ActivityColumns,
  type ActivityForSimpleTransformColumns,
  activityForSimpleTransformReader,
  activityReader,
} from "./activity.reader.ts";

/** A row of activity_counts. */
export interface ActivityCountsRow {
  readonly gt: string | null;
  readonly measured: number | bigint;
}

function writeActivityCounts(row: ActivityCountsRow, out: JsonWriter): void {
  out.raw('{"gt":');
  out.text(row.gt);
  out.raw(',"measured":');
  out.long(row.measured);
  out.raw('}');
}

/** The query activity_counts, line 20 of activity.sluice. */
export const activity_counts = defineQuery<ActivityCountsRow>({
  name: "activity_counts",
  mode: "complete",
  trigger: () => asap,
  reads: {
    activity: {
      input: "activity",
      bounded: false,
      connector: (params) => fileSource({ path: stringParam(params, "measurements"), maxFilesPerTrigger: 1 }),
      format: "json",
      reader: activityReader,
      malformed: "fail",
    },
  },
  sink: () => memorySink("activity_counts"),
  needsCheckpoint: false,
  columns: [
    { name: "gt", type: "string", nullable: true },
    { name: "measured", type: "long", nullable: false },
  ],
  encodeJson: writeActivityCounts,
  plan: [
    "Sink activity_counts [complete] into memory",
    "  Aggregate [snapshot] key=[gt] measured=count()   state activity_counts/aggregate: keys",
    "    Source activity: file, json, reads gt",
  ].join("\n"),
  build(context) {
    const activity_countsGroups = context.groups("activity_counts/aggregate", {
      key: { gt: "string?" },
      lanes: () => ({ measured: count() }),
    });

    // activity |> aggregate    line 22
    function process(batch: ColumnBatch<ActivityColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        const slot = activity_countsGroups.slotOfText(columns.gt, row);
        activity_countsGroups.lanes.measured.add(slot);
      }
    }

    function finish(): void {
      // activity_counts/aggregate |> into    line 22
      const groups = activity_countsGroups.snapshot();
      for (const slot of groups.slots) {
        context.output.insert({ gt: groups.keys.gt.get(slot), measured: groups.lanes.measured.get(slot) });
      }
    }

    return { reads: { activity: process }, finish };
  },
});

/** A row of simple_transform. */
export interface SimpleTransformRow {
  readonly gt: string | null;
  readonly model: string;
  readonly arrival_time: number | bigint;
  readonly creation_time: number | bigint;
}

function writeSimpleTransform(row: SimpleTransformRow, out: JsonWriter): void {
  out.raw('{"gt":');
  out.text(row.gt);
  out.raw(',"model":');
  out.text(row.model);
  out.raw(',"arrival_time":');
  out.long(row.arrival_time);
  out.raw(',"creation_time":');
  out.long(row.creation_time);
  out.raw('}');
}

/** The query simple_transform, line 26 of activity.sluice. */
export const simple_transform = defineQuery<SimpleTransformRow>({
  name: "simple_transform",
  mode: "append",
  trigger: () => asap,
  reads: {
    activity: {
      input: "activity",
      bounded: false,
      connector: (params) => fileSource({ path: stringParam(params, "measurements"), maxFilesPerTrigger: 1 }),
      format: "json",
      reader: activityForSimpleTransformReader,
      malformed: "fail",
    },
  },
  sink: () => memorySink("simple_transform"),
  needsCheckpoint: false,
  columns: [
    { name: "gt", type: "string", nullable: true },
    { name: "model", type: "string", nullable: false },
    { name: "arrival_time", type: "long", nullable: false },
    { name: "creation_time", type: "long", nullable: false },
  ],
  encodeJson: writeSimpleTransform,
  plan: [
    "Sink simple_transform [append] into memory",
    "  Project gt, model, arrival_time, creation_time",
    "    Source activity: file, json, reads arrival_time, creation_time, model, gt where gt like \"%stairs%\"",
  ].join("\n"),
  build(context) {
    // activity |> into    line 27
    function process(batch: ColumnBatch<ActivityForSimpleTransformColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        context.output.insert({
          gt: columns.gt.text(row),
          model: columns.model.text(row),
          arrival_time: columns.arrival_time.get(row),
          creation_time: columns.creation_time.get(row),
        });
      }
    }

    return { reads: { activity: process } };
  },
});

/** All of the job. */
export const job = defineJob({
  name: "activity",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {
    measurements: { type: "string", default: () => "examples/activity/data" },
  },
  queries: [activity_counts, simple_transform],
  sideOutputs: [],
});

await runMain(import.meta, job);
