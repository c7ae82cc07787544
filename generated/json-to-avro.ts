// Emitted from json-to-avro.sluice; change the job and run `sluice build`.
//
// Sink avro_orders [append] into kafka
//   Source orders: kafka, json, reads id, customer, sku, quantity, at, note
import {
  asap,
  type ColumnBatch,
  defineJob,
  defineQuery,
  type JsonWriter,
  runMain,
  stringParam,
} from "../runtime/index.ts";
import { avroMessages } from "../runtime/avro.ts";
import { kafkaSink, kafkaSource } from "../runtime/connectors/kafka.ts";
import { type OrdersColumns, ordersReader } from "./json-to-avro.reader.ts";

/** A row of avro_orders. */
export interface AvroOrdersRow {
  readonly id: number | bigint;
  readonly customer: string;
  readonly sku: string;
  readonly quantity: number;
  readonly at: number;
  readonly note: string | null;
}

function writeAvroOrders(row: AvroOrdersRow, out: JsonWriter): void {
  out.raw('{"id":');
  out.long(row.id);
  out.raw(',"customer":');
  out.text(row.customer);
  out.raw(',"sku":');
  out.text(row.sku);
  out.raw(',"quantity":');
  out.int(row.quantity);
  out.raw(',"at":');
  out.timestamp(row.at);
  out.raw(',"note":');
  out.text(row.note);
  out.raw('}');
}

/** The query avro_orders, line 27 of json-to-avro.sluice. */
export const avro_orders = defineQuery<AvroOrdersRow>({
  name: "avro_orders",
  mode: "append",
  trigger: () => asap,
  reads: {
    orders: {
      input: "orders",
      bounded: false,
      connector: (params) => kafkaSource({
        brokers: stringParam(params, "brokers"),
        subscribe: stringParam(params, "incoming"),
        startingOffsets: "earliest",
        maxOffsetsPerTrigger: 100,
      }),
      format: "json",
      reader: ordersReader,
      malformed: { into: "broken_orders" },
    },
  },
  sink: (params) => kafkaSink({
    brokers: stringParam(params, "brokers"),
    topic: stringParam(params, "outgoing"),
    delivery: "exactly once",
    format: "avro",
    encoder: avroMessages({ wire: "confluent", registry: { url: stringParam(params, "registry") } }),
  }),
  needsCheckpoint: true,
  columns: [
    { name: "id", type: "long", nullable: false },
    { name: "customer", type: "string", nullable: false },
    { name: "sku", type: "string", nullable: false },
    { name: "quantity", type: "int", nullable: false },
    { name: "at", type: "timestamp", nullable: false },
    { name: "note", type: "string", nullable: true },
  ],
  encodeJson: writeAvroOrders,
  message: {
    key: (row) => row.customer,
  },
  plan: [
    "Sink avro_orders [append] into kafka",
    "  Source orders: kafka, json, reads id, customer, sku, quantity, at, note",
  ].join("\n"),
  build(context) {
    // orders |> into    line 28
    function process(batch: ColumnBatch<OrdersColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        context.output.insert({
          id: columns.id.get(row),
          customer: columns.customer.text(row),
          sku: columns.sku.text(row),
          quantity: columns.quantity[row],
          at: columns.at[row],
          note: columns.note.text(row),
        });
      }
    }

    return { reads: { orders: process } };
  },
});

/** All of the job. */
export const job = defineJob({
  name: "json-to-avro",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {
    brokers: { type: "string", default: (env) => env("KAFKA_BROKERS") ?? "localhost:9092" },
    registry: { type: "string", default: (env) => env("SCHEMA_REGISTRY") ?? "http://localhost:8081" },
    incoming: { type: "string", default: () => "orders" },
    outgoing: { type: "string", default: () => "orders-avro" },
    refused: { type: "string", default: () => "broken-orders" },
  },
  queries: [avro_orders],
  sideOutputs: [{ name: "broken_orders", sink: (params) => kafkaSink({ brokers: stringParam(params, "brokers"), topic: stringParam(params, "refused"), format: "json" }), needsCheckpoint: true }],
});

await runMain(import.meta, job);
