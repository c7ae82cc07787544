// Emitted from flights-typed.sluice; change the job and run `sluice build`.
//
// Sink within [append] into memory
//   Project _file.name as file, destination as country, count
//     Filter staysInside({ origin: origin, destination: destination })
//       Source flights: file, csv, reads destination, origin, count, _file
//
// Sink destinations [complete] into memory
//   Limit 5
//     Sort flights desc
//       Project arrival as destination, flights, origins
//         Aggregate [snapshot] key=[arrival({ destination: destination }) as arrival] flights=sum(cast(count as long)) origins=count(distinct origin)   state destinations/aggregate: keys × values
//           Source flights: file, csv, reads destination, origin, count
import {
  asap,
  asBoolean,
  asText,
  type ColumnBatch,
  count,
  defineJob,
  defineQuery,
  descending,
  distinct,
  type JsonWriter,
  rowOrder,
  runMain,
  stringParam,
  sumLong,
  takeRows,
} from "../runtime/index.ts";
import { fileSource } from "../runtime/connectors/file.ts";
import { memorySink } from "../runtime/connectors/memory.ts";
import { arrival, staysInside } from "../examples/flights/typed.ts";
import {
  type FlightsColumns,
  type FlightsForDestinationsColumns,
  flightsForDestinationsReader,
  flightsReader,
} from "./flights-typed.reader.ts";

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

/** The query within, line 14 of flights-typed.sluice. */
export const within = defineQuery<WithinRow>({
  name: "within",
  mode: "append",
  trigger: () => asap,
  reads: {
    flights: {
      input: "flights",
      bounded: false,
      connector: (params) => fileSource({ path: stringParam(params, "summaries"), maxFilesPerTrigger: 1 }),
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
    "    Filter staysInside({ origin: origin, destination: destination })",
    "      Source flights: file, csv, reads destination, origin, count, _file",
  ].join("\n"),
  build(context) {
    // flights |> filter staysInside |> select |> into    line 15
    function process(batch: ColumnBatch<FlightsColumns>): void {
      const { columns } = batch;
      let row = 0;
      try {
        for (; row < batch.length; row++) {
          const destination = columns.destination.text(row);
          if (!asBoolean(staysInside({ origin: columns.origin.text(row), destination }), "staysInside")) continue;
          context.output.insert({ file: columns._file.get(row).name, country: destination, count: columns.count[row] });
        }
      } catch (error) {
        throw context.rowFailure(error, batch, row, "staysInside");
      }
    }

    return { reads: { flights: process } };
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

/** The query destinations, line 21 of flights-typed.sluice. */
export const destinations = defineQuery<DestinationsRow>({
  name: "destinations",
  mode: "complete",
  trigger: () => asap,
  reads: {
    flights: {
      input: "flights",
      bounded: false,
      connector: (params) => fileSource({ path: stringParam(params, "summaries"), maxFilesPerTrigger: 1 }),
      format: "csv",
      reader: flightsForDestinationsReader,
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
    "Sink destinations [complete] into memory",
    "  Limit 5",
    "    Sort flights desc",
    "      Project arrival as destination, flights, origins",
    "        Aggregate [snapshot] key=[arrival({ destination: destination }) as arrival] flights=sum(cast(count as long)) origins=count(distinct origin)   state destinations/aggregate: keys × values",
    "          Source flights: file, csv, reads destination, origin, count",
  ].join("\n"),
  build(context) {
    const destinationsGroups = context.groups("destinations/aggregate", {
      key: { arrival: "string" },
      lanes: () => ({ flights: sumLong(), origins: distinct(count(), "string") }),
    });
    const resultRows: DestinationsRow[] = [];
    const resultOrder = rowOrder<DestinationsRow>(
      { destination: "string", flights: "long?", origins: "long" },
      descending((row) => row.flights, "long?"),
    );

    // flights |> aggregate    line 23
    function process(batch: ColumnBatch<FlightsForDestinationsColumns>): void {
      const { columns } = batch;
      let row = 0;
      try {
        for (; row < batch.length; row++) {
          const slot = destinationsGroups.slot(asText(arrival({ destination: columns.destination.text(row) }), "arrival"));
          destinationsGroups.lanes.flights.add(slot, columns.count[row]);
          destinationsGroups.lanes.origins.add(slot, columns.origin.text(row));
        }
      } catch (error) {
        throw context.rowFailure(error, batch, row, "arrival");
      }
    }

    function finish(): void {
      // destinations/aggregate |> select |> order by, limit    line 23
      const groups = destinationsGroups.snapshot();
      for (const slot of groups.slots) {
        resultRows.push({
          destination: groups.keys.arrival.get(slot),
          flights: groups.lanes.flights.get(slot),
          origins: groups.lanes.origins.inner.get(slot),
        });
      }

      // order by, limit |> into    line 26
      for (const row of takeRows(resultRows, resultOrder, 5)) {
        context.output.insert(row);
      }
    }

    return { reads: { flights: process }, finish };
  },
});

/** All of the job. */
export const job = defineJob({
  name: "flights-typed",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {
    summaries: { type: "string", default: () => "examples/flights/data" },
  },
  queries: [within, destinations],
  sideOutputs: [],
});

await runMain(import.meta, job);
