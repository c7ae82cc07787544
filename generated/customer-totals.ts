// Emitted from customer-totals.sluice; change the job and run `sluice build`.
//
// Sink customer_totals [update] into kafka
//   Aggregate [onChange] key=[customer] orders=count() pieces=sum(cast(quantity as long)) web=count(where channel = "web") latest=max(at)   state customer_totals/aggregate: keys
//     Source orders: kafka, avro, reads customer, quantity, at, channel
import {
  asap,
  type ColumnBatch,
  count,
  defineJob,
  defineQuery,
  type JsonWriter,
  maxNumber,
  runMain,
  stringParam,
  sumLong,
} from "../runtime/index.ts";
import { kafkaSink, kafkaSource } from "../runtime/connectors/kafka.ts";
import { type OrdersColumns, ordersReader } from "./customer-totals.reader.ts";

/** A row of customer_totals. */
export interface CustomerTotalsRow {
  readonly customer: string;
  readonly orders: number | bigint;
  readonly pieces: number | bigint | null;
  readonly web: number | bigint;
  readonly latest: number | null;
}

function writeCustomerTotals(row: CustomerTotalsRow, out: JsonWriter): void {
  out.raw('{"customer":');
  out.text(row.customer);
  out.raw(',"orders":');
  out.long(row.orders);
  out.raw(',"pieces":');
  out.long(row.pieces);
  out.raw(',"web":');
  out.long(row.web);
  out.raw(',"latest":');
  out.timestamp(row.latest);
  out.raw('}');
}

/** The query customer_totals, line 25 of customer-totals.sluice. */
export const customer_totals = defineQuery<CustomerTotalsRow>({
  name: "customer_totals",
  mode: "update",
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
      format: "avro",
      reader: ordersReader,
      registry: (params) => ({ url: stringParam(params, "registry") }),
      malformed: "fail",
    },
  },
  sink: (params) => kafkaSink({
    brokers: stringParam(params, "brokers"),
    topic: stringParam(params, "totals"),
    delivery: "exactly once",
    format: "json",
  }),
  needsCheckpoint: true,
  columns: [
    { name: "customer", type: "string", nullable: false },
    { name: "orders", type: "long", nullable: false },
    { name: "pieces", type: "long", nullable: true },
    { name: "web", type: "long", nullable: false },
    { name: "latest", type: "timestamp", nullable: true },
  ],
  key: ["customer"],
  encodeJson: writeCustomerTotals,
  message: {
    key: (row) => row.customer,
  },
  plan: [
    "Sink customer_totals [update] into kafka",
    "  Aggregate [onChange] key=[customer] orders=count() pieces=sum(cast(quantity as long)) web=count(where channel = \"web\") latest=max(at)   state customer_totals/aggregate: keys",
    "    Source orders: kafka, avro, reads customer, quantity, at, channel",
  ].join("\n"),
  build(context) {
    const customer_totalsGroups = context.groups("customer_totals/aggregate", {
      key: { customer: "string" },
      lanes: () => ({ orders: count(), pieces: sumLong(), web: count(), latest: maxNumber() }),
    });

    // orders |> aggregate    line 27
    function process(batch: ColumnBatch<OrdersColumns>): void {
      const { columns } = batch;
      let row = 0;
      try {
        for (; row < batch.length; row++) {
          const channel = columns.channel.text(row);
          const slot = customer_totalsGroups.slotOfText(columns.customer, row);
          customer_totalsGroups.lanes.orders.add(slot);
          customer_totalsGroups.lanes.pieces.add(slot, columns.quantity[row]);
          if (channel !== null && channel === "web") customer_totalsGroups.lanes.web.add(slot);
          customer_totalsGroups.lanes.latest.add(slot, columns.at[row]);
        }
      } catch (error) {
        throw context.rowFailure(error, batch, row);
      }
    }

    function finish(): void {
      // customer_totals/aggregate |> into    line 27
      const groups = customer_totalsGroups.changes();
      for (const slot of groups.slots) {
        context.output.write(groups.markPresent(slot), {
          customer: groups.keys.customer.get(slot),
          orders: groups.lanes.orders.get(slot),
          pieces: groups.lanes.pieces.get(slot),
          web: groups.lanes.web.get(slot),
          latest: groups.lanes.latest.get(slot),
        });
      }
    }

    return { reads: { orders: process }, finish };
  },
});

/** All of the job. */
export const job = defineJob({
  name: "customer-totals",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {
    brokers: { type: "string", default: (env) => env("KAFKA_BROKERS") ?? "localhost:9092" },
    registry: { type: "string", default: (env) => env("SCHEMA_REGISTRY") ?? "http://localhost:8081" },
    incoming: { type: "string", default: () => "orders-avro" },
    totals: { type: "string", default: () => "customer-totals" },
  },
  queries: [customer_totals],
  sideOutputs: [],
});

await runMain(import.meta, job);
