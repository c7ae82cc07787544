import type { Code } from "../../code/code.ts";
import type { ReaderModulePart, ReaderPlan } from "./reader-plan.ts";
import { emitAvroReader } from "./emit-avro-reader.ts";
import { emitCsvReader } from "./emit-csv-reader.ts";
import { emitJsonReader } from "./emit-json-reader.ts";
import { emitMessageReader } from "./emit-message-reader.ts";
import { emitParquetReader } from "./emit-parquet-reader.ts";
import { emitTextReader } from "./emit-text-reader.ts";

const emitters: Readonly<Record<ReaderPlan["format"], (plan: ReaderPlan) => Code>> = {
  avro: emitAvroReader,
  csv: emitCsvReader,
  json: emitJsonReader,
  kafka: emitMessageReader,
  parquet: emitParquetReader,
  text: emitTextReader,
};

/** The text of one reader: an interface of its columns and a `ReaderDefinition` that turns chunks into batches of them. */
export function emitReader(plan: ReaderPlan): ReaderModulePart {
  return { reader: plan.reader, columnsType: plan.columnsType, code: emitters[plan.format](plan) };
}
