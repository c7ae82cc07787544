export * from "./columns/index.ts";
export type { Chunk, ColumnBatch, MalformedRow, Reader, ReaderContext, ReaderDefinition } from "./column-batch.ts";
export { csvFraming } from "./csv/csv-framing.ts";
export { fileFraming } from "./framing.ts";
export * from "./readers/index.ts";
export { jsonShape } from "./json-shape.ts";
export { JsonWriter } from "./json-writer.ts";
export type { TypeDescriptor } from "./type-descriptor.ts";
export { valueType } from "./value-type.ts";
