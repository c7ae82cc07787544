// Emitted from q3.sluice; change the job and run `sluice build`.
//
// Sink q3 [append] into memory
//   Project name, city, state, id
//     Join inner on seller = id unbounded   state q3/join: left: A rows for ever; right: P rows for ever
//       Source auctions: file, json, reads id, seller, category where category = 10
//       Source persons: file, json, reads id, name, city, state where state in ("OR", "ID", "CA")
import {
  asap,
  type ColumnBatch,
  defineJob,
  defineQuery,
  type JsonWriter,
  runMain,
  stringParam,
} from "../../runtime/index.ts";
import { fileSource } from "../../runtime/connectors/file.ts";
import { memorySink } from "../../runtime/connectors/memory.ts";
import { type AuctionsColumns, auctionsReader, type PersonsColumns, personsReader } from "./q3.reader.ts";

/** A row of q3. */
export interface Q3Row {
  readonly name: string;
  readonly city: string;
  readonly state: string;
  readonly id: number | bigint;
}

function writeQ3(row: Q3Row, out: JsonWriter): void {
  out.raw('{"name":');
  out.text(row.name);
  out.raw(',"city":');
  out.text(row.city);
  out.raw(',"state":');
  out.text(row.state);
  out.raw(',"id":');
  out.long(row.id);
  out.raw('}');
}

/** The query q3, line 33 of q3.sluice. */
export const q3 = defineQuery<Q3Row>({
  name: "q3",
  mode: "append",
  trigger: () => asap,
  reads: {
    auctions: {
      input: "auctions",
      bounded: false,
      connector: (params) => fileSource({ path: stringParam(params, "data") + "/auction", maxFilesPerTrigger: 1 }),
      format: "json",
      reader: auctionsReader,
      malformed: "fail",
    },
    persons: {
      input: "persons",
      bounded: false,
      connector: (params) => fileSource({ path: stringParam(params, "data") + "/person", maxFilesPerTrigger: 1 }),
      format: "json",
      reader: personsReader,
      malformed: "fail",
    },
  },
  sink: () => memorySink("q3"),
  needsCheckpoint: false,
  columns: [
    { name: "name", type: "string", nullable: false },
    { name: "city", type: "string", nullable: false },
    { name: "state", type: "string", nullable: false },
    { name: "id", type: "long", nullable: false },
  ],
  encodeJson: writeQ3,
  plan: [
    "Sink q3 [append] into memory",
    "  Project name, city, state, id",
    "    Join inner on seller = id unbounded   state q3/join: left: A rows for ever; right: P rows for ever",
    "      Source auctions: file, json, reads id, seller, category where category = 10",
    "      Source persons: file, json, reads id, name, city, state where state in (\"OR\", \"ID\", \"CA\")",
  ].join("\n"),
  build(context) {
    const q3Join = context.streamJoin("q3/join", {
      kind: "inner",
      key: { seller: "long" },
      left: { columns: { id: "long" } },
      right: { columns: { name: "string", city: "string", state: "string" }, packed: true },
    });

    // auctions |> join    line 34
    function processAuctions(batch: ColumnBatch<AuctionsColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        q3Join.addLeft([columns.seller.get(row)], { id: columns.id.get(row) });
      }
    }

    // persons |> join    line 36
    function processPersons(batch: ColumnBatch<PersonsColumns>): void {
      const { columns } = batch;
      const right = q3Join.rightFrom(columns);
      for (let row = 0; row < batch.length; row++) {
        right.add([columns.id.get(row)], row);
      }
    }

    function finish(): void {
      // q3/join |> into    line 36
      for (const { left, right } of q3Join.take()) {
        context.output.insert({ name: right.name, city: right.city, state: right.state, id: left.id });
      }
    }

    return { reads: { auctions: processAuctions, persons: processPersons }, finish };
  },
});

/** All of the job. */
export const job = defineJob({
  name: "q3",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {
    data: { type: "string", default: () => ".sluice/nexmark" },
  },
  queries: [q3],
  sideOutputs: [],
});

await runMain(import.meta, job);
