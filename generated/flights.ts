// Emitted from flights.sluice; change the job and run `sluice build`.
//
// Sink within [append] into memory
//   Project _file.name as file, destination as country, count
//     Table flights: file, csv, reads destination, origin, count, _file where origin = destination
//
// Sink busiest_route [append] into memory
//   Project route.destination as destination, route.origin as origin, count
//     Aggregate [snapshot] key=[] count=max(count) route=max_by({ destination: destination, origin: origin }, count)   computed anew for each result
//       Table flights: file, csv, reads destination, origin, count
//
// Sink destinations [append] into memory
//   Limit 5
//     Sort flights desc
//       Aggregate [snapshot] key=[destination] flights=sum(cast(count as long)) origins=count(distinct origin)   computed anew for each result
//         Table flights: file, csv, reads destination, origin, count
import {
  asap,
  type ColumnBatch,
  count,
  defineJob,
  defineQuery,
  descending,
  distinct,
  type JsonWriter,
  maxBy,
  maxNumber,
  rowOrder,
  runMain,
  stringParam,
  sumLong,
  takeRows,
} from "../runtime/index.ts";
import { fileSource } from "../runtime/connectors/file.ts";
import { memorySink } from "../runtime/connectors/memory.ts";
import {
  type FlightsColumns,
  type FlightsForBusiestRouteColumns,
  flightsForBusiestRouteReader,
  flightsReader,
} from "./flights.reader.ts";

/** A row of within. */
export interface WithinRow {
  readonly file: string;
  readonly country: string;
  readonly count: number;
}

function writeWithin(row: WithinRow, out: JsonWriter): void {
  out.raw('{"file":');
  out.text(row.file);
  out.raw(',"country":');
  out.text(row.country);
  out.raw(',"count":');
  out.int(row.count);
  out.raw('}');
}

/** The query within, line 12 of flights.sluice. */
export const within = defineQuery<WithinRow>({
  name: "within",
  mode: "append",
  trigger: () => asap,
  reads: {
    flights: {
      input: "flights",
      bounded: true,
      connector: (params) => fileSource({ path: stringParam(params, "summaries") }),
      format: "csv",
      reader: flightsReader,
      malformed: "fail",
    },
  },
  sink: () => memorySink("within"),
  needsCheckpoint: false,
  columns: [
    { name: "file", type: "string", nullable: false },
    { name: "country", type: "string", nullable: false },
    { name: "count", type: "int", nullable: false },
  ],
  encodeJson: writeWithin,
  plan: [
    "Sink within [append] into memory",
    "  Project _file.name as file, destination as country, count",
    "    Table flights: file, csv, reads destination, origin, count, _file where origin = destination",
  ].join("\n"),
  build(context) {
    // flights |> select |> into    line 13
    function process(batch: ColumnBatch<FlightsColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        context.output.insert({
          file: columns._file.get(row).name,
          country: columns.destination.text(row),
          count: columns.count[row],
        });
      }
    }

    return { reads: { flights: process } };
  },
});

/** A row of busiest_route. */
export interface BusiestRouteRow {
  readonly destination: string | null;
  readonly origin: string | null;
  readonly count: number | null;
}

function writeBusiestRoute(row: BusiestRouteRow, out: JsonWriter): void {
  out.raw('{"destination":');
  out.text(row.destination);
  out.raw(',"origin":');
  out.text(row.origin);
  out.raw(',"count":');
  out.int(row.count);
  out.raw('}');
}

/** The query busiest_route, line 18 of flights.sluice. */
export const busiest_route = defineQuery<BusiestRouteRow>({
  name: "busiest_route",
  mode: "append",
  trigger: () => asap,
  reads: {
    flights: {
      input: "flights",
      bounded: true,
      connector: (params) => fileSource({ path: stringParam(params, "summaries") }),
      format: "csv",
      reader: flightsForBusiestRouteReader,
      malformed: "fail",
    },
  },
  sink: () => memorySink("busiest_route"),
  needsCheckpoint: false,
  columns: [
    { name: "destination", type: "string", nullable: true },
    { name: "origin", type: "string", nullable: true },
    { name: "count", type: "int", nullable: true },
  ],
  encodeJson: writeBusiestRoute,
  plan: [
    "Sink busiest_route [append] into memory",
    "  Project route.destination as destination, route.origin as origin, count",
    "    Aggregate [snapshot] key=[] count=max(count) route=max_by({ destination: destination, origin: origin }, count)   computed anew for each result",
    "      Table flights: file, csv, reads destination, origin, count",
  ].join("\n"),
  build(context) {
    const busiest_routeGroups = context.scratchGroups({
      key: {},
      lanes: () => ({
        count: maxNumber(),
        route: maxBy({ record: [["destination", "string"], ["origin", "string"]] }, "int"),
      }),
    });

    // flights |> aggregate    line 20
    function process(batch: ColumnBatch<FlightsForBusiestRouteColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        const count = columns.count[row];
        const slot = busiest_routeGroups.slot();
        busiest_routeGroups.lanes.count.add(slot, count);
        busiest_routeGroups.lanes.route.add(slot, { destination: columns.destination.text(row), origin: columns.origin.text(row) }, count);
      }
    }

    function finish(): void {
      // busiest_route/aggregate |> select |> into    line 20
      const groups = busiest_routeGroups.snapshot();
      for (const slot of groups.slots) {
        const route = groups.lanes.route.get(slot);
        context.output.insert({
          destination: route === null ? null : route.destination,
          origin: route === null ? null : route.origin,
          count: groups.lanes.count.get(slot),
        });
      }
    }

    return {
      reads: {
        flights: {
          begin() {
            busiest_routeGroups.clear();
          },
          process: process,
        },
      },
      finish,
    };
  },
});

/** A row of destinations. */
export interface DestinationsRow {
  readonly destination: string;
  readonly flights: number | bigint | null;
  readonly origins: number | bigint;
}

function writeDestinations(row: DestinationsRow, out: JsonWriter): void {
  out.raw('{"destination":');
  out.text(row.destination);
  out.raw(',"flights":');
  out.long(row.flights);
  out.raw(',"origins":');
  out.long(row.origins);
  out.raw('}');
}

/** The query destinations, line 24 of flights.sluice. */
export const destinations = defineQuery<DestinationsRow>({
  name: "destinations",
  mode: "append",
  trigger: () => asap,
  reads: {
    flights: {
      input: "flights",
      bounded: true,
      connector: (params) => fileSource({ path: stringParam(params, "summaries") }),
      format: "csv",
      reader: flightsForBusiestRouteReader,
      malformed: "fail",
    },
  },
  sink: () => memorySink("destinations"),
  needsCheckpoint: false,
  columns: [
    { name: "destination", type: "string", nullable: false },
    { name: "flights", type: "long", nullable: true },
    { name: "origins", type: "long", nullable: false },
  ],
  encodeJson: writeDestinations,
  plan: [
    "Sink destinations [append] into memory",
    "  Limit 5",
    "    Sort flights desc",
    "      Aggregate [snapshot] key=[destination] flights=sum(cast(count as long)) origins=count(distinct origin)   computed anew for each result",
    "        Table flights: file, csv, reads destination, origin, count",
  ].join("\n"),
  build(context) {
    const destinationsGroups = context.scratchGroups({
      key: { destination: "string" },
      lanes: () => ({ flights: sumLong(), origins: distinct(count(), "string") }),
    });
    const resultRows: DestinationsRow[] = [];
    const resultOrder = rowOrder<DestinationsRow>(
      { destination: "string", flights: "long?", origins: "long" },
      descending((row) => row.flights, "long?"),
    );

    // flights |> aggregate    line 26
    function process(batch: ColumnBatch<FlightsForBusiestRouteColumns>): void {
      const { columns } = batch;
      let row = 0;
      try {
        for (; row < batch.length; row++) {
          const slot = destinationsGroups.slotOfText(columns.destination, row);
          destinationsGroups.lanes.flights.add(slot, columns.count[row]);
          destinationsGroups.lanes.origins.add(slot, columns.origin.text(row));
        }
      } catch (error) {
        throw context.rowFailure(error, batch, row);
      }
    }

    function finish(): void {
      // destinations/aggregate |> order by, limit    line 26
      const groups = destinationsGroups.snapshot();
      for (const slot of groups.slots) {
        resultRows.push({
          destination: groups.keys.destination.get(slot),
          flights: groups.lanes.flights.get(slot),
          origins: groups.lanes.origins.inner.get(slot),
        });
      }

      // order by, limit |> into    line 28
      for (const row of takeRows(resultRows, resultOrder, 5)) {
        context.output.insert(row);
      }
    }

    return {
      reads: {
        flights: {
          begin() {
            destinationsGroups.clear();
          },
          process: process,
        },
      },
      finish,
    };
  },
});

/** All of the job. */
export const job = defineJob({
  name: "flights",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {
    summaries: { type: "string", default: () => "examples/flights/data" },
  },
  queries: [within, busiest_route, destinations],
  sideOutputs: [],
});

await runMain(import.meta, job);
