// Emitted from fill-topics.sluice; change the job and run `sluice build`.
//
// Sink web_log [append] into kafka
//   Project value, get_json_object(value, "$.host") as host
//     Table log_files: file, text, reads value
//
// Sink orders [append] into kafka
//   Project value, get_json_object(value, "$.customer") as customer
//     Table order_files: file, text, reads value
import {
  asap,
  type ColumnBatch,
  defineJob,
  defineQuery,
  getJsonObject,
  jsonPath,
  type JsonWriter,
  runMain,
  stringParam,
} from "../runtime/index.ts";
import { fileSource } from "../runtime/connectors/file.ts";
import { kafkaSink } from "../runtime/connectors/kafka.ts";
import {
  log_filesReader,
  type LogFilesColumns,
  order_filesReader,
  type OrderFilesColumns,
} from "./fill-topics.reader.ts";

const path = jsonPath("$.host");
const path2 = jsonPath("$.customer");

/** A row of web_log. */
export interface WebLogRow {
  readonly value: string;
  readonly host: string | null;
}

function writeWebLog(row: WebLogRow, out: JsonWriter): void {
  out.raw('{"value":');
  out.text(row.value);
  out.raw(',"host":');
  out.text(row.host);
  out.raw('}');
}

/** The query web_log, line 10 of fill-topics.sluice. */
export const web_log = defineQuery<WebLogRow>({
  name: "web_log",
  mode: "append",
  trigger: () => asap,
  reads: {
    log_files: {
      input: "log_files",
      bounded: true,
      connector: (params) => fileSource({ path: stringParam(params, "logs") }),
      format: "text",
      reader: log_filesReader,
      malformed: "fail",
    },
  },
  sink: (params) => kafkaSink({ brokers: stringParam(params, "brokers"), topic: "web-log", compression: "gzip" }),
  needsCheckpoint: true,
  columns: [
    { name: "value", type: "string", nullable: false },
    { name: "host", type: "string", nullable: true },
  ],
  encodeJson: writeWebLog,
  message: {
    key: (row) => row.host,
    value: (row) => row.value,
  },
  plan: [
    "Sink web_log [append] into kafka",
    "  Project value, get_json_object(value, \"$.host\") as host",
    "    Table log_files: file, text, reads value",
  ].join("\n"),
  build(context) {
    // log_files |> select |> into    line 11
    function process(batch: ColumnBatch<LogFilesColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        const value = columns.value.text(row);
        context.output.insert({ value, host: getJsonObject(value, path) });
      }
    }

    return { reads: { log_files: process } };
  },
});

/** A row of orders. */
export interface OrdersRow {
  readonly value: string;
  readonly customer: string | null;
}

function writeOrders(row: OrdersRow, out: JsonWriter): void {
  out.raw('{"value":');
  out.text(row.value);
  out.raw(',"customer":');
  out.text(row.customer);
  out.raw('}');
}

/** The query orders, line 15 of fill-topics.sluice. */
export const orders = defineQuery<OrdersRow>({
  name: "orders",
  mode: "append",
  trigger: () => asap,
  reads: {
    order_files: {
      input: "order_files",
      bounded: true,
      connector: (params) => fileSource({ path: stringParam(params, "order_lines") }),
      format: "text",
      reader: order_filesReader,
      malformed: "fail",
    },
  },
  sink: (params) => kafkaSink({ brokers: stringParam(params, "brokers"), topic: "orders", compression: "gzip" }),
  needsCheckpoint: true,
  columns: [
    { name: "value", type: "string", nullable: false },
    { name: "customer", type: "string", nullable: true },
  ],
  encodeJson: writeOrders,
  message: {
    key: (row) => row.customer,
    value: (row) => row.value,
  },
  plan: [
    "Sink orders [append] into kafka",
    "  Project value, get_json_object(value, \"$.customer\") as customer",
    "    Table order_files: file, text, reads value",
  ].join("\n"),
  build(context) {
    // order_files |> select |> into    line 16
    function process(batch: ColumnBatch<OrderFilesColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        const value = columns.value.text(row);
        context.output.insert({ value, customer: getJsonObject(value, path2) });
      }
    }

    return { reads: { order_files: process } };
  },
});

/** All of the job. */
export const job = defineJob({
  name: "fill-topics",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {
    brokers: { type: "string", default: (env) => env("KAFKA_BROKERS") ?? "localhost:9092" },
    logs: { type: "string", default: () => "examples/web-log/data" },
    order_lines: { type: "string", default: () => "examples/kafka/data/orders.json" },
  },
  queries: [web_log, orders],
  sideOutputs: [],
});

await runMain(import.meta, job);
