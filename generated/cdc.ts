// Emitted from cdc.sluice; change the job and run `sluice build`.
//
// Sink current_customers [update] into memory
//   Project id, name, city, credit
//     Filter op != "d"
//       Top [onChange] 1 by version desc per id   state customers/top: keys × 1 row
//         Source changes: file, json, reads op, id, version, name, city, credit
//
// Sink current_cities [update] into memory
//   Aggregate [onChange, over changes] key=[city] customers=count() credit=sum(credit) most=max(credit)   state cities/aggregate: keys × values
//     Project city, credit
//       Filter op != "d"
//         Top [onChange] 1 by version desc per id   state customers/top: keys × 1 row
//           Source changes: file, json, reads op, id, version, name, city, credit
//
// Sink city_changes [update] into file
//   Aggregate [onChange, over changes] key=[city] customers=count() credit=sum(credit) most=max(credit)   state cities/aggregate: keys × values
//     Project city, credit
//       Filter op != "d"
//         Top [onChange] 1 by version desc per id   state customers/top: keys × 1 row
//           Source changes: file, json, reads op, id, version, name, city, credit
import {
  asap,
  changingSumLong,
  type ColumnBatch,
  count,
  defineJob,
  defineQuery,
  descending,
  type JsonWriter,
  maxLong,
  retractableDistinct,
  runMain,
  stringParam,
} from "../runtime/index.ts";
import { fileSink, fileSource } from "../runtime/connectors/file.ts";
import { memorySink } from "../runtime/connectors/memory.ts";
import { type ChangesColumns, changesReader } from "./cdc.reader.ts";

/** A row of current_customers. */
export interface CurrentCustomersRow {
  readonly id: number | bigint;
  readonly name: string | null;
  readonly city: string | null;
  readonly credit: number | bigint | null;
}

function writeCurrentCustomers(row: CurrentCustomersRow, out: JsonWriter): void {
  out.raw('{"id":');
  out.long(row.id);
  out.raw(',"name":');
  out.text(row.name);
  out.raw(',"city":');
  out.text(row.city);
  out.raw(',"credit":');
  out.long(row.credit);
  out.raw('}');
}

/** The query current_customers, line 27 of cdc.sluice. */
export const current_customers = defineQuery<CurrentCustomersRow>({
  name: "current_customers",
  mode: "update",
  trigger: () => asap,
  reads: {
    changes: {
      input: "changes",
      bounded: false,
      connector: (params) => fileSource({ path: stringParam(params, "log"), maxFilesPerTrigger: 1 }),
      format: "json",
      reader: changesReader,
      malformed: "fail",
    },
  },
  sink: () => memorySink("current_customers"),
  needsCheckpoint: false,
  columns: [
    { name: "id", type: "long", nullable: false },
    { name: "name", type: "string", nullable: true },
    { name: "city", type: "string", nullable: true },
    { name: "credit", type: "long", nullable: true },
  ],
  key: ["id"],
  encodeJson: writeCurrentCustomers,
  plan: [
    "Sink current_customers [update] into memory",
    "  Project id, name, city, credit",
    "    Filter op != \"d\"",
    "      Top [onChange] 1 by version desc per id   state customers/top: keys × 1 row",
    "        Source changes: file, json, reads op, id, version, name, city, credit",
  ].join("\n"),
  build(context) {
    const customersTop = context.top("customers/top", {
      count: 1,
      ties: false,
      ranked: false,
      per: { id: "long" },
      columns: { op: "string", id: "long", version: "long", name: "string?", city: "string?", credit: "long?" },
      by: [descending((row: { readonly version: number | bigint }) => row.version, "long")],
      packed: true,
    });

    // changes |> top    line 18
    function process(batch: ColumnBatch<ChangesColumns>): void {
      const { columns } = batch;
      const kept = customersTop.from(columns);
      for (let row = 0; row < batch.length; row++) {
        kept.add(row, columns.version.get(row), columns.id.key(row));
      }
      kept.end();
    }

    function finish(): void {
      // customers/top |> where |> into    line 19
      for (const { row, weight } of customersTop.shown()) {
        if (!(row.op !== "d")) continue;
        context.output.change(weight, { id: row.id, name: row.name, city: row.city, credit: row.credit });
      }
    }

    return { reads: { changes: process }, finish };
  },
});

/** A row of current_cities. */
export interface CurrentCitiesRow {
  readonly city: string | null;
  readonly customers: number | bigint;
  readonly credit: number | bigint | null;
  readonly most: number | bigint | null;
}

function writeCurrentCities(row: CurrentCitiesRow, out: JsonWriter): void {
  out.raw('{"city":');
  out.text(row.city);
  out.raw(',"customers":');
  out.long(row.customers);
  out.raw(',"credit":');
  out.long(row.credit);
  out.raw(',"most":');
  out.long(row.most);
  out.raw('}');
}

/** The query current_cities, line 32 of cdc.sluice. */
export const current_cities = defineQuery<CurrentCitiesRow>({
  name: "current_cities",
  mode: "update",
  trigger: () => asap,
  reads: {
    changes: {
      input: "changes",
      bounded: false,
      connector: (params) => fileSource({ path: stringParam(params, "log"), maxFilesPerTrigger: 1 }),
      format: "json",
      reader: changesReader,
      malformed: "fail",
    },
  },
  sink: () => memorySink("current_cities"),
  needsCheckpoint: false,
  columns: [
    { name: "city", type: "string", nullable: true },
    { name: "customers", type: "long", nullable: false },
    { name: "credit", type: "long", nullable: true },
    { name: "most", type: "long", nullable: true },
  ],
  key: ["city"],
  encodeJson: writeCurrentCities,
  plan: [
    "Sink current_cities [update] into memory",
    "  Aggregate [onChange, over changes] key=[city] customers=count() credit=sum(credit) most=max(credit)   state cities/aggregate: keys × values",
    "    Project city, credit",
    "      Filter op != \"d\"",
    "        Top [onChange] 1 by version desc per id   state customers/top: keys × 1 row",
    "          Source changes: file, json, reads op, id, version, name, city, credit",
  ].join("\n"),
  build(context) {
    const cities = context.groups("cities/aggregate", {
      key: { city: "string?" },
      counted: true,
      lanes: () => ({ customers: count(), credit: changingSumLong(), most: retractableDistinct(maxLong(), "long") }),
    });
    const customersTop = context.top("customers/top", {
      count: 1,
      ties: false,
      ranked: false,
      per: { id: "long" },
      columns: { op: "string", id: "long", version: "long", name: "string?", city: "string?", credit: "long?" },
      by: [descending((row: { readonly version: number | bigint }) => row.version, "long")],
      packed: true,
    });

    // changes |> top    line 18
    function process(batch: ColumnBatch<ChangesColumns>): void {
      const { columns } = batch;
      const kept = customersTop.from(columns);
      for (let row = 0; row < batch.length; row++) {
        kept.add(row, columns.version.get(row), columns.id.key(row));
      }
      kept.end();
    }

    function finish(): void {
      // customers/top |> where |> aggregate    line 25
      for (const { row, weight } of customersTop.changes()) {
        if (!(row.op !== "d")) continue;
        const slot = cities.slotOfChange(weight, row.city);
        cities.lanes.customers.change(slot, weight);
        if (row.credit !== null) cities.lanes.credit.change(slot, weight, row.credit);
        if (row.credit !== null) cities.lanes.most.change(slot, weight, row.credit);
      }

      // cities/aggregate |> into    line 25
      const groups = cities.changes();
      for (const slot of groups.slots) {
        const kind = groups.mark(slot, groups.isThere(slot));
        if (kind === undefined) continue;
        context.output.write(kind, {
          city: groups.keys.city.get(slot),
          customers: groups.lanes.customers.get(slot),
          credit: groups.lanes.credit.get(slot),
          most: groups.lanes.most.settled(slot).get(slot),
        });
      }
    }

    return { reads: { changes: process }, finish };
  },
});

/** A row of city_changes. */
export interface CityChangesRow {
  readonly city: string | null;
  readonly customers: number | bigint;
  readonly credit: number | bigint | null;
  readonly most: number | bigint | null;
}

function writeCityChanges(row: CityChangesRow, out: JsonWriter): void {
  out.raw('{"city":');
  out.text(row.city);
  out.raw(',"customers":');
  out.long(row.customers);
  out.raw(',"credit":');
  out.long(row.credit);
  out.raw(',"most":');
  out.long(row.most);
  out.raw('}');
}

/** The query city_changes, line 37 of cdc.sluice. */
export const city_changes = defineQuery<CityChangesRow>({
  name: "city_changes",
  mode: "update",
  trigger: () => asap,
  checkpoint: () => "checkpoints/city_changes",
  reads: {
    changes: {
      input: "changes",
      bounded: false,
      connector: (params) => fileSource({ path: stringParam(params, "log"), maxFilesPerTrigger: 1 }),
      format: "json",
      reader: changesReader,
      malformed: "fail",
    },
  },
  sink: (params) => fileSink({ path: stringParam(params, "results"), changelog: "op" }),
  needsCheckpoint: true,
  columns: [
    { name: "city", type: "string", nullable: true },
    { name: "customers", type: "long", nullable: false },
    { name: "credit", type: "long", nullable: true },
    { name: "most", type: "long", nullable: true },
  ],
  key: ["city"],
  encodeJson: writeCityChanges,
  plan: [
    "Sink city_changes [update] into file",
    "  Aggregate [onChange, over changes] key=[city] customers=count() credit=sum(credit) most=max(credit)   state cities/aggregate: keys × values",
    "    Project city, credit",
    "      Filter op != \"d\"",
    "        Top [onChange] 1 by version desc per id   state customers/top: keys × 1 row",
    "          Source changes: file, json, reads op, id, version, name, city, credit",
  ].join("\n"),
  build(context) {
    const cities = context.groups("cities/aggregate", {
      key: { city: "string?" },
      counted: true,
      lanes: () => ({ customers: count(), credit: changingSumLong(), most: retractableDistinct(maxLong(), "long") }),
    });
    const customersTop = context.top("customers/top", {
      count: 1,
      ties: false,
      ranked: false,
      per: { id: "long" },
      columns: { op: "string", id: "long", version: "long", name: "string?", city: "string?", credit: "long?" },
      by: [descending((row: { readonly version: number | bigint }) => row.version, "long")],
      packed: true,
    });

    // changes |> top    line 18
    function process(batch: ColumnBatch<ChangesColumns>): void {
      const { columns } = batch;
      const kept = customersTop.from(columns);
      for (let row = 0; row < batch.length; row++) {
        kept.add(row, columns.version.get(row), columns.id.key(row));
      }
      kept.end();
    }

    function finish(): void {
      // customers/top |> where |> aggregate    line 25
      for (const { row, weight } of customersTop.changes()) {
        if (!(row.op !== "d")) continue;
        const slot = cities.slotOfChange(weight, row.city);
        cities.lanes.customers.change(slot, weight);
        if (row.credit !== null) cities.lanes.credit.change(slot, weight, row.credit);
        if (row.credit !== null) cities.lanes.most.change(slot, weight, row.credit);
      }

      // cities/aggregate |> into    line 25
      const groups = cities.changes();
      for (const slot of groups.slots) {
        const kind = groups.mark(slot, groups.isThere(slot));
        if (kind === undefined) continue;
        context.output.write(kind, {
          city: groups.keys.city.get(slot),
          customers: groups.lanes.customers.get(slot),
          credit: groups.lanes.credit.get(slot),
          most: groups.lanes.most.settled(slot).get(slot),
        });
      }
    }

    return { reads: { changes: process }, finish };
  },
});

/** All of the job. */
export const job = defineJob({
  name: "cdc",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {
    log: { type: "string", default: () => "examples/cdc/data" },
    results: { type: "string", default: () => "city-changes" },
  },
  queries: [current_customers, current_cities, city_changes],
  sideOutputs: [],
});

await runMain(import.meta, job);
