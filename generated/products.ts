// Emitted from products.sluice; change the job and run `sluice build`.
//
// Sink parquet [append] into file
//   Sort sku
//     Table products: file, json, reads sku, name, category, price, introduced
import {
  asap,
  ascending,
  type ColumnBatch,
  defineJob,
  defineQuery,
  type JsonWriter,
  rowOrder,
  runMain,
  stringParam,
  takeRows,
} from "../runtime/index.ts";
import { fileSink, fileSource } from "../runtime/connectors/file.ts";
import { type ProductsColumns, productsReader } from "./products.reader.ts";

/** A row of parquet. */
export interface ParquetRow {
  readonly sku: string;
  readonly name: string;
  readonly category: string;
  readonly price: number | bigint;
  readonly introduced: number;
}

function writeParquet(row: ParquetRow, out: JsonWriter): void {
  out.raw('{"sku":');
  out.text(row.sku);
  out.raw(',"name":');
  out.text(row.name);
  out.raw(',"category":');
  out.text(row.category);
  out.raw(',"price":');
  out.decimal(row.price, 2);
  out.raw(',"introduced":');
  out.date(row.introduced);
  out.raw('}');
}

/** The query parquet, line 16 of products.sluice. */
export const parquet = defineQuery<ParquetRow>({
  name: "parquet",
  mode: "append",
  trigger: () => asap,
  reads: {
    products: {
      input: "products",
      bounded: true,
      connector: (params) => fileSource({ path: stringParam(params, "products_json") }),
      format: "json",
      reader: productsReader,
      malformed: "fail",
    },
  },
  sink: (params) => fileSink({ path: stringParam(params, "folder"), replace: true, format: "parquet" }),
  needsCheckpoint: true,
  columns: [
    { name: "sku", type: "string", nullable: false },
    { name: "name", type: "string", nullable: false },
    { name: "category", type: "string", nullable: false },
    { name: "price", type: "decimal(10,2)", nullable: false },
    { name: "introduced", type: "date", nullable: false },
  ],
  encodeJson: writeParquet,
  plan: [
    "Sink parquet [append] into file",
    "  Sort sku",
    "    Table products: file, json, reads sku, name, category, price, introduced",
  ].join("\n"),
  build(context) {
    const resultRows: ParquetRow[] = [];
    const resultOrder = rowOrder<ParquetRow>(
      { sku: "string", name: "string", category: "string", price: "decimal(10,2)", introduced: "date" },
      ascending((row) => row.sku, "string"),
    );

    // products |> order by    line 17
    function process(batch: ColumnBatch<ProductsColumns>): void {
      const { columns } = batch;
      for (let row = 0; row < batch.length; row++) {
        resultRows.push({
          sku: columns.sku.text(row),
          name: columns.name.text(row),
          category: columns.category.text(row),
          price: columns.price.get(row),
          introduced: columns.introduced[row],
        });
      }
    }

    function finish(): void {
      // order by |> into    line 18
      for (const row of takeRows(resultRows, resultOrder)) {
        context.output.insert(row);
      }
    }

    return { reads: { products: process }, finish };
  },
});

/** All of the job. */
export const job = defineJob({
  name: "products",
  settings: { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice" },
  params: {
    products_json: { type: "string", default: () => "examples/kafka/data/products.json" },
    folder: { type: "string", default: () => ".sluice/kafka-products" },
  },
  queries: [parquet],
  sideOutputs: [],
});

await runMain(import.meta, job);
