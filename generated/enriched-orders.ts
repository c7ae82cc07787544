// Emitted from enriched-orders.sluice; change the job and run `sluice build`.
//
// schema Product { // inferred from parquet("data/products.parquet")
//   sku: string
//   name: string
//   category: string
//   price: decimal(10,2)
//   introduced: date
// }
//
// Sink enriched_orders [append] into kafka
//   Project id, customer, sku, name as product, coalesce(category, "unknown") as category, quantity, cast(cast(quantity as decimal(10,0)) * price as decimal(12,2)) as total, at
//     Join left on sku = sku
//       Source orders: kafka, json, reads id, customer, sku, quantity, at
//       Table products: file, parquet, reads sku, name, category, price
import {
  asap,
  type ColumnBatch,
  defineJob,
  defineQuery,
  ifPresent,
  jsonTextOf,
  type JsonWriter,
  multiplyDecimal,
  orOneNull,
  rescaleDecimal,
  runMain,
  stringParam,
} from "../runtime/index.ts";
import { fileSource } from "../runtime/connectors/file.ts";
import { kafkaSink, kafkaSource } from "../runtime/connectors/kafka.ts";
import { type OrdersColumns, ordersReader, type ProductsColumns, productsReader } from "./enriched-orders.reader.ts";

const keyJson = jsonTextOf("long");

/** A row of enriched_orders. */
export interface EnrichedOrdersRow {
  readonly id: number | bigint;
  readonly customer: string;
  readonly sku: string;
  readonly product: string | null;
  readonly category: string;
  readonly quantity: number;
  readonly total: number | bigint | null;
  readonly at: number;
}

function writeEnrichedOrders(row: EnrichedOrdersRow, out: JsonWriter): void {
  out.raw('{"id":');
  out.long(row.id);
  out.raw(',"customer":');
  out.text(row.customer);
  out.raw(',"sku":');
  out.text(row.sku);
  out.raw(',"product":');
  out.text(row.product);
  out.raw(',"category":');
  out.text(row.category);
  out.raw(',"quantity":');
  out.int(row.quantity);
  out.raw(',"total":');
  out.decimal(row.total, 2);
  out.raw(',"at":');
  out.timestamp(row.at);
  out.raw('}');
}

/** The query enriched_orders, line 29 of enriched-orders.sluice. */
export const enriched_orders = defineQuery<EnrichedOrdersRow>({
  name: "enriched_orders",
  mode: "append",
  trigger: () => asap,
  reads: {
    products: {
      input: "products",
      bounded: true,
      connector: (params) => fileSource({ path: stringParam(params, "products_file") }),
      format: "parquet",
      reader: productsReader,
      malformed: "fail",
    },
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
      malformed: "fail",
    },
  },
  sink: (params) => kafkaSink({
    brokers: stringParam(params, "brokers"),
    topic: stringParam(params, "enriched"),
    delivery: "exactly once",
    format: "json",
  }),
  needsCheckpoint: true,
  columns: [
    { name: "id", type: "long", nullable: false },
    { name: "customer", type: "string", nullable: false },
    { name: "sku", type: "string", nullable: false },
    { name: "product", type: "string", nullable: true },
    { name: "category", type: "string", nullable: false },
    { name: "quantity", type: "int", nullable: false },
    { name: "total", type: "decimal(12,2)", nullable: true },
    { name: "at", type: "timestamp", nullable: false },
  ],
  encodeJson: writeEnrichedOrders,
  message: {
    key: (row) => keyJson(row.id),
    headers: (row) => [{ key: "category", value: row.category }],
  },
  plan: [
    "Sink enriched_orders [append] into kafka",
    "  Project id, customer, sku, name as product, coalesce(category, \"unknown\") as category, quantity, cast(cast(quantity as decimal(10,0)) * price as decimal(12,2)) as total, at",
    "    Join left on sku = sku",
    "      Source orders: kafka, json, reads id, customer, sku, quantity, at",
    "      Table products: file, parquet, reads sku, name, category, price",
  ].join("\n"),
  build(context) {
    const productsTable = context.lookup<{ readonly sku: string; readonly name: string; readonly category: string; readonly price: number | bigint }>({ key: { key1: "string" } });

    // products |> join    line 31
    function loadProducts(batch: ColumnBatch<ProductsColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        const sku = columns.sku.text(row);
        productsTable.add([sku], {
          sku,
          name: columns.name.text(row),
          category: columns.category.text(row),
          price: columns.price.get(row),
        });
      }
    }

    // orders |> join products |> select |> into    line 30
    function process(batch: ColumnBatch<OrdersColumns>): void {
      const { columns } = batch;
      let row = 0;
      try {
        for (; row < batch.length; row++) {
          const sku = columns.sku.text(row);
          for (const products of orOneNull(productsTable.find([sku]))) {
            const category = products === null ? null : products.category;
            const price = products === null ? null : products.price;
            const quantity = columns.quantity[row];
            context.output.insert({
              id: columns.id.get(row),
              customer: columns.customer.text(row),
              sku,
              product: (products === null ? null : products.name),
              category: category ?? "unknown",
              quantity,
              total: ifPresent(price === null ? null : multiplyDecimal(quantity, price), (operand) => rescaleDecimal(operand, 2, 12, 2)),
              at: columns.at[row],
            });
          }
        }
      } catch (error) {
        throw context.rowFailure(error, batch, row);
      }
    }

    return {
      reads: {
        products: {
          begin() {
            productsTable.clear();
          },
          process: loadProducts,
        },
        orders: process,
      },
    };
  },
});

/** All of the job. */
export const job = defineJob({
  name: "enriched-orders",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {
    brokers: { type: "string", default: (env) => env("KAFKA_BROKERS") ?? "localhost:9092" },
    incoming: { type: "string", default: () => "orders" },
    enriched: { type: "string", default: () => "enriched-orders" },
    products_file: { type: "string", default: () => "examples/kafka/data/products.parquet" },
  },
  queries: [enriched_orders],
  sideOutputs: [],
});

await runMain(import.meta, job);
