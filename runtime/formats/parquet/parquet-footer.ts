import type { FileMetaData, SchemaElement, SchemaTree } from "hyparquet";
import { parquetMetadata, parquetSchema } from "hyparquet/src/metadata.js";

/** What a file says of itself. */
export interface ParquetFooter {
  readonly metadata: FileMetaData;
  readonly schema: SchemaTree;
}

export type { SchemaElement, SchemaTree };

/** Statistics come as the file holds them: integers, numbers, bytes; only decimals come as numbers that are near. */
const parsers = {
  timestampFromMilliseconds: (value: bigint): bigint => value,
  timestampFromMicroseconds: (value: bigint): bigint => value,
  timestampFromNanoseconds: (value: bigint): bigint => value,
  dateFromDays: (value: number): number => value,
  stringFromBytes: (value: Uint8Array): Uint8Array => value,
  uuidFromBytes: (value: Uint8Array): Uint8Array => value,
};

/** Reads the footer, the last bytes of a file with its magic. Throws a library's error where they are damaged. */
export function readFooter(bytes: Uint8Array): ParquetFooter {
  const metadata = parquetMetadata(bytes, { parsers, geoparquet: false });
  return { metadata, schema: parquetSchema(metadata) };
}
