// Emitted from device-counts.sluice; change the job and run `sluice build`.
//
// Sink device_counts [complete] into memory
//   Sort sets, gt nulls last, model
//     Project gt, model, x, y, z, grouping_id as sets
//       Aggregate [snapshot] key=[gt, model, grouping_id] x=avg(x) y=avg(y) z=avg(z)   state averages/aggregate: keys
//         Expand ×4 gt=[gt, gt, null, null] model=[model, null, model, null] grouping_id=[0, 1, 2, 3]
//           Source activity: file, json, reads x, y, z, model, gt
//
// Sink device_history [complete] into memory
//   Sort gt, model
//     Project gt, model, x, x as x_before, y, y as y_before, z, z as z_before
//       Join inner on gt = gt and model = model
//         Project gt, model, x, y, z
//           Aggregate [snapshot] key=[gt, model, grouping_id] x=avg(x) y=avg(y) z=avg(z)   state averages/aggregate: keys
//             Filter grouping_id = 0 and gt is not null and model is not null
//               Expand ×4 gt=[gt, gt, null, null] model=[model, null, model, null] grouping_id=[0, 1, 2, 3]
//                 Source activity: file, json, reads x, y, z, model, gt
//         Aggregate [snapshot] key=[gt, model] x=avg(x) y=avg(y) z=avg(z)   computed anew for each result
//           Table earlier: file, json, reads x, y, z, model, gt
import {
  asap,
  ascending,
  averageDouble,
  type ColumnBatch,
  defineJob,
  defineQuery,
  type JsonWriter,
  rowOrder,
  runMain,
  stringParam,
  takeRows,
} from "../runtime/index.ts";
import { fileSource } from "../runtime/connectors/file.ts";
import { memorySink } from "../runtime/connectors/memory.ts";
import { type ActivityColumns, activityReader, type EarlierColumns, earlierReader } from "./device-counts.reader.ts";

const grouping_ids = [0, 1, 2, 3];

/** A row of device_counts. */
export interface DeviceCountsRow {
  readonly gt: string | null;
  readonly model: string | null;
  readonly x: number | null;
  readonly y: number | null;
  readonly z: number | null;
  readonly sets: number | bigint;
}

function writeDeviceCounts(row: DeviceCountsRow, out: JsonWriter): void {
  out.raw('{"gt":');
  out.text(row.gt);
  out.raw(',"model":');
  out.text(row.model);
  out.raw(',"x":');
  out.double(row.x);
  out.raw(',"y":');
  out.double(row.y);
  out.raw(',"z":');
  out.double(row.z);
  out.raw(',"sets":');
  out.long(row.sets);
  out.raw('}');
}

/** The query device_counts, line 22 of device-counts.sluice. */
export const device_counts = defineQuery<DeviceCountsRow>({
  name: "device_counts",
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
  sink: () => memorySink("device_counts"),
  needsCheckpoint: false,
  columns: [
    { name: "gt", type: "string", nullable: true },
    { name: "model", type: "string", nullable: true },
    { name: "x", type: "double", nullable: true },
    { name: "y", type: "double", nullable: true },
    { name: "z", type: "double", nullable: true },
    { name: "sets", type: "long", nullable: false },
  ],
  encodeJson: writeDeviceCounts,
  plan: [
    "Sink device_counts [complete] into memory",
    "  Sort sets, gt nulls last, model",
    "    Project gt, model, x, y, z, grouping_id as sets",
    "      Aggregate [snapshot] key=[gt, model, grouping_id] x=avg(x) y=avg(y) z=avg(z)   state averages/aggregate: keys",
    "        Expand ×4 gt=[gt, gt, null, null] model=[model, null, model, null] grouping_id=[0, 1, 2, 3]",
    "          Source activity: file, json, reads x, y, z, model, gt",
  ].join("\n"),
  build(context) {
    const averages = context.groups("averages/aggregate", {
      key: { gt: "string?", model: "string?", grouping_id: "long" },
      lanes: () => ({ x: averageDouble(), y: averageDouble(), z: averageDouble() }),
    });
    const resultRows: DeviceCountsRow[] = [];
    const resultOrder = rowOrder<DeviceCountsRow>(
      { gt: "string?", model: "string?", x: "double?", y: "double?", z: "double?", sets: "long" },
      ascending((row) => row.sets, "long"),
      ascending((row) => row.gt, "string?", "nulls last"),
      ascending((row) => row.model, "string?"),
    );

    // activity |> expand |> aggregate    line 18
    function process(batch: ColumnBatch<ActivityColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        const model = columns.model.text(row);
        const gt = columns.gt.text(row);
        const x = columns.x[row];
        const y = columns.y[row];
        const z = columns.z[row];
        for (const grouping_id of grouping_ids) {
          const gt2 = (grouping_id & 2) === 0 ? gt : null;
          const model2 = (grouping_id & 1) === 0 ? model : null;
          const slot = averages.slot(gt2, model2, grouping_id);
          averages.lanes.x.add(slot, x);
          averages.lanes.y.add(slot, y);
          averages.lanes.z.add(slot, z);
        }
      }
    }

    function finish(): void {
      // averages/aggregate |> select |> order by    line 18
      const groups = averages.snapshot();
      for (const slot of groups.slots) {
        resultRows.push({
          gt: groups.keys.gt.get(slot),
          model: groups.keys.model.get(slot),
          x: groups.lanes.x.get(slot),
          y: groups.lanes.y.get(slot),
          z: groups.lanes.z.get(slot),
          sets: groups.keys.grouping_id.get(slot),
        });
      }

      // order by |> into    line 24
      for (const row of takeRows(resultRows, resultOrder)) {
        context.output.insert(row);
      }
    }

    return { reads: { activity: process }, finish };
  },
});

/** A row of device_history. */
export interface DeviceHistoryRow {
  readonly gt: string | null;
  readonly model: string | null;
  readonly x: number | null;
  readonly x_before: number | null;
  readonly y: number | null;
  readonly y_before: number | null;
  readonly z: number | null;
  readonly z_before: number | null;
}

function writeDeviceHistory(row: DeviceHistoryRow, out: JsonWriter): void {
  out.raw('{"gt":');
  out.text(row.gt);
  out.raw(',"model":');
  out.text(row.model);
  out.raw(',"x":');
  out.double(row.x);
  out.raw(',"x_before":');
  out.double(row.x_before);
  out.raw(',"y":');
  out.double(row.y);
  out.raw(',"y_before":');
  out.double(row.y_before);
  out.raw(',"z":');
  out.double(row.z);
  out.raw(',"z_before":');
  out.double(row.z_before);
  out.raw('}');
}

/** The query device_history, line 28 of device-counts.sluice. */
export const device_history = defineQuery<DeviceHistoryRow>({
  name: "device_history",
  mode: "complete",
  trigger: () => asap,
  reads: {
    earlier: {
      input: "earlier",
      bounded: true,
      connector: (params) => fileSource({ path: stringParam(params, "history") }),
      format: "json",
      reader: earlierReader,
      malformed: "fail",
    },
    activity: {
      input: "activity",
      bounded: false,
      connector: (params) => fileSource({ path: stringParam(params, "measurements"), maxFilesPerTrigger: 1 }),
      format: "json",
      reader: activityReader,
      malformed: "fail",
    },
  },
  sink: () => memorySink("device_history"),
  needsCheckpoint: false,
  columns: [
    { name: "gt", type: "string", nullable: true },
    { name: "model", type: "string", nullable: true },
    { name: "x", type: "double", nullable: true },
    { name: "x_before", type: "double", nullable: true },
    { name: "y", type: "double", nullable: true },
    { name: "y_before", type: "double", nullable: true },
    { name: "z", type: "double", nullable: true },
    { name: "z_before", type: "double", nullable: true },
  ],
  encodeJson: writeDeviceHistory,
  plan: [
    "Sink device_history [complete] into memory",
    "  Sort gt, model",
    "    Project gt, model, x, x as x_before, y, y as y_before, z, z as z_before",
    "      Join inner on gt = gt and model = model",
    "        Project gt, model, x, y, z",
    "          Aggregate [snapshot] key=[gt, model, grouping_id] x=avg(x) y=avg(y) z=avg(z)   state averages/aggregate: keys",
    "            Filter grouping_id = 0 and gt is not null and model is not null",
    "              Expand ×4 gt=[gt, gt, null, null] model=[model, null, model, null] grouping_id=[0, 1, 2, 3]",
    "                Source activity: file, json, reads x, y, z, model, gt",
    "        Aggregate [snapshot] key=[gt, model] x=avg(x) y=avg(y) z=avg(z)   computed anew for each result",
    "          Table earlier: file, json, reads x, y, z, model, gt",
  ].join("\n"),
  build(context) {
    const averages_before = context.scratchGroups({
      key: { gt: "string?", model: "string" },
      lanes: () => ({ x: averageDouble(), y: averageDouble(), z: averageDouble() }),
    });
    const averages = context.groups("averages/aggregate", {
      key: { gt: "string?", model: "string?", grouping_id: "long" },
      lanes: () => ({ x: averageDouble(), y: averageDouble(), z: averageDouble() }),
    });
    const averages_beforeTable = context.lookup<{ readonly gt: string | null; readonly model: string; readonly x: number | null; readonly y: number | null; readonly z: number | null }>({ key: { key1: "string", key2: "string" } });
    const resultRows: DeviceHistoryRow[] = [];
    const resultOrder = rowOrder<DeviceHistoryRow>(
      {
        gt: "string?",
        model: "string?",
        x: "double?",
        x_before: "double?",
        y: "double?",
        y_before: "double?",
        z: "double?",
        z_before: "double?",
      },
      ascending((row) => row.gt, "string?"),
      ascending((row) => row.model, "string?"),
    );

    // earlier |> aggregate    line 20
    function loadEarlier(batch: ColumnBatch<EarlierColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        const slot = averages_before.slot(columns.gt.key(row), columns.model.key(row));
        averages_before.lanes.x.add(slot, columns.x[row]);
        averages_before.lanes.y.add(slot, columns.y[row]);
        averages_before.lanes.z.add(slot, columns.z[row]);
      }
    }

    // activity |> expand |> where |> aggregate    line 18
    function process(batch: ColumnBatch<ActivityColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        const model = columns.model.text(row);
        const gt = columns.gt.text(row);
        const x = columns.x[row];
        const y = columns.y[row];
        const z = columns.z[row];
        for (const grouping_id of grouping_ids) {
          const gt2 = (grouping_id & 2) === 0 ? gt : null;
          const model2 = (grouping_id & 1) === 0 ? model : null;
          if (!(grouping_id === 0) || gt2 === null || model2 === null) continue;
          const slot = averages.slot(gt2, model2, grouping_id);
          averages.lanes.x.add(slot, x);
          averages.lanes.y.add(slot, y);
          averages.lanes.z.add(slot, z);
        }
      }
    }

    function finish(): void {
      // averages/aggregate |> join averages_before |> select |> order by    line 18
      const averagesResult = averages.snapshot();
      for (const slot of averagesResult.slots) {
        const gt = averagesResult.keys.gt.get(slot);
        const model = averagesResult.keys.model.get(slot);
        for (const averages_before2 of averages_beforeTable.find([gt, model])) {
          resultRows.push({
            gt,
            model,
            x: averagesResult.lanes.x.get(slot),
            x_before: averages_before2.x,
            y: averagesResult.lanes.y.get(slot),
            y_before: averages_before2.y,
            z: averagesResult.lanes.z.get(slot),
            z_before: averages_before2.z,
          });
        }
      }

      // order by |> into    line 34
      for (const row of takeRows(resultRows, resultOrder)) {
        context.output.insert(row);
      }
    }

    return {
      reads: {
        earlier: {
          begin() {
            averages_before.clear();
          },
          process: loadEarlier,
          end() {
            // averages_before/aggregate |> join    line 20
            averages_beforeTable.clear();
            const averages_beforeResult = averages_before.snapshot();
            for (const slot of averages_beforeResult.slots) {
              const gt = averages_beforeResult.keys.gt.get(slot);
              const model = averages_beforeResult.keys.model.get(slot);
              if (gt === null) continue;
              averages_beforeTable.add([gt, model], {
                gt,
                model,
                x: averages_beforeResult.lanes.x.get(slot),
                y: averages_beforeResult.lanes.y.get(slot),
                z: averages_beforeResult.lanes.z.get(slot),
              });
            }
          },
        },
        activity: process,
      },
      finish,
    };
  },
});

/** All of the job. */
export const job = defineJob({
  name: "device-counts",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {
    measurements: { type: "string", default: () => "examples/activity/data" },
    history: { type: "string", default: () => "examples/device-counts/data" },
  },
  queries: [device_counts, device_history],
  sideOutputs: [],
});

await runMain(import.meta, job);
