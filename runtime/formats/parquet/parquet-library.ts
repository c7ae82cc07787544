import type { ColumnMetaData, DataReader, SchemaElement } from "hyparquet";
import { parquetHeader } from "hyparquet/src/column.js";
import { deltaBinaryUnpack, deltaByteArray, deltaLengthByteArray } from "hyparquet/src/delta.js";
import { byteStreamSplit, readRleBitPackedHybrid } from "hyparquet/src/encoding.js";
import { readPlain } from "hyparquet/src/plain.js";
import { compressors } from "hyparquet-compressors";

export type { ColumnMetaData };
export type PageHeader = ReturnType<typeof parquetHeader>;

/** Reads the header of a page at the beginning of `bytes`, and says how long it is. */
export function readPageHeader(bytes: Uint8Array): { readonly header: PageHeader; readonly length: number } {
  const reader = readerOf(bytes);
  return { header: parquetHeader(reader), length: reader.offset };
}

/** Whether there is a decompressor for a codec. */
export function knowsCodec(codec: ColumnMetaData["codec"]): boolean {
  return codec === "UNCOMPRESSED" || compressors[codec] !== undefined;
}

/** The bytes of a page; `length` is what its header says. */
export function decompressed(bytes: Uint8Array, codec: ColumnMetaData["codec"], length: number): Uint8Array {
  const page = codec === "UNCOMPRESSED" ? bytes : (compressors[codec]?.(bytes, length) ?? bytes);
  if (page.length !== length) throw new Error(`a page has ${page.length} bytes where its header says ${length}`);
  return page;
}

/** Levels, or places in a dictionary: `count` whole numbers of so many bits. Without a length, it stands before them. Gives them and where they end. */
export function readWholes(bytes: Uint8Array, at: number, count: number, bits: number, length?: number): { readonly values: Int32Array; readonly end: number } {
  const values = new Int32Array(count);
  const reader = readerOf(bytes);
  reader.offset = at;
  if (count > 0 || length === undefined) readRleBitPackedHybrid(reader, bits, values, length);
  if (reader.offset > bytes.length) throw new RangeError("a run of levels ends behind its page");
  return { values, end: reader.offset };
}

/** Values as the file holds them: booleans, numbers (INT32, FLOAT, DOUBLE), bigints (INT64, INT96), bytes. Undefined for an encoding that is not read. */
export function readValues(bytes: Uint8Array, at: number, count: number, encoding: string, element: SchemaElement): ArrayLike<unknown> | undefined {
  const type = element.type ?? "BYTE_ARRAY";
  const reader = readerOf(bytes);
  reader.offset = at;
  switch (encoding) {
    case "PLAIN":
      return readPlain(reader, type, count, element.type_length);
    case "RLE":
      return Array.from(readWholes(bytes, at, count, 1).values, (value) => value === 1);
    case "DELTA_BINARY_PACKED": {
      const values = type === "INT32" ? new Int32Array(count) : new BigInt64Array(count);
      if (count > 0) deltaBinaryUnpack(reader, count, values);
      return values;
    }
    case "DELTA_LENGTH_BYTE_ARRAY":
      return byteArrays(count, (into) => deltaLengthByteArray(reader, count, into));
    case "DELTA_BYTE_ARRAY":
      return byteArrays(count, (into) => deltaByteArray(reader, count, into));
    case "BYTE_STREAM_SPLIT":
      return byteStreamSplit(reader, count, type, element.type_length);
    default:
      return undefined;
  }
}

function byteArrays(count: number, read: (into: Uint8Array[]) => void): readonly Uint8Array[] {
  const values = new Array<Uint8Array>(count);
  if (count > 0) read(values);
  return values;
}

function readerOf(bytes: Uint8Array): DataReader {
  return { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 };
}
