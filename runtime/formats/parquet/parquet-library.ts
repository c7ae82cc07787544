import type { ColumnMetaData, DataReader, SchemaElement } from "hyparquet";
import { parquetHeader } from "hyparquet/src/column.js";
import { deltaBinaryUnpack } from "hyparquet/src/delta.js";
import { byteStreamSplit } from "hyparquet/src/encoding.js";
import { readPlain } from "hyparquet/src/plain.js";
import { readVarInt } from "hyparquet/src/thrift.js";
import { compressors } from "hyparquet-compressors";
import { snappyLength } from "../compression/snappy-length.ts";
import { zstdSize } from "../compression/zstd-frames.ts";

export type { ColumnMetaData };
export type Element = Pick<SchemaElement, "type" | "type_length">;
export type PageHeader = ReturnType<typeof parquetHeader>;

/** Bytes of the largest window of zstd that is believed: that of its highest levels. */
const mostWindow = 128 * 1024 * 1024;
/** Bytes of a value that is split over its page; of an array they are in the schema. */
const splitWidths: Readonly<Record<string, number>> = { INT32: 4, FLOAT: 4, INT64: 8, DOUBLE: 8 };

/** Reads the header of a page at the beginning of `bytes`, and says how long it is. */
export function readPageHeader(bytes: Uint8Array): { readonly header: PageHeader; readonly length: number } {
  const reader = readerOf(bytes);
  return { header: parquetHeader(reader), length: reader.offset };
}

/** Whether there is a decompressor for a codec. */
export function knowsCodec(codec: ColumnMetaData["codec"]): boolean {
  return codec === "UNCOMPRESSED" || compressors[codec] !== undefined;
}

/** The bytes of a page; `length` is what its header says. What is packed so that it stands for more is found before it is unpacked, where its format says it. */
export function decompressed(bytes: Uint8Array, codec: ColumnMetaData["codec"], length: number): Uint8Array {
  if (codec === "ZSTD") {
    const { most, window, isSaid } = zstdSize(bytes);
    // Blocks of which nothing says how much they hold count as whole ones.
    if (isSaid ? most !== length : window > mostWindow || most > 2 * length + mostWindow) throw new RangeError(`a page that is to have ${length} bytes says that it is unpacked to ${Math.max(most, window)}`);
  }
  if (codec === "SNAPPY" && snappyLength(bytes) !== length) throw new RangeError(`a page that is to have ${length} bytes says that it is unpacked to ${snappyLength(bytes)}`);
  const page = codec === "UNCOMPRESSED" ? bytes : (compressors[codec]?.(bytes, length) ?? bytes);
  if (page.length !== length) throw new Error(`a page has ${page.length} bytes where its header says ${length}`);
  return page;
}

/** Values in the encoding PLAIN, but booleans. */
export function readPlainValues(bytes: Uint8Array, at: number, element: Element): { next(count: number): ArrayLike<unknown> } {
  const reader = readerOf(bytes);
  reader.offset = at;
  return {
    next(count) {
      const values = readPlain(reader, element.type ?? "BYTE_ARRAY", count, element.type_length);
      if (reader.offset > bytes.length) throw new RangeError("a page has fewer values than it says");
      return values;
    },
  };
}

/** Numbers, or byte arrays of one length, whose first bytes stand first, then their second ones, and so on. */
export function splitValues(bytes: Uint8Array, at: number, { type = "BYTE_ARRAY", type_length }: Element): ReturnType<typeof byteStreamSplit> {
  const reader = readerOf(bytes);
  reader.offset = at;
  const width = splitWidths[type] ?? type_length ?? 0;
  return byteStreamSplit(reader, width < 1 ? 0 : Math.floor((bytes.length - at) / width), type, type_length);
}

/** How many numbers the head of such says that there are. */
export function deltaCount(bytes: Uint8Array, at: number): number {
  const reader = readerOf(bytes);
  reader.offset = at;
  readVarInt(reader);
  readVarInt(reader);
  return readVarInt(reader) >>> 0;
}

/** The numbers that fit into `values`, and where they end. */
export function deltaNumbers<Values extends Int32Array | BigInt64Array>(bytes: Uint8Array, at: number, values: Values): { readonly values: Values; readonly end: number } {
  const reader = readerOf(bytes);
  reader.offset = at;
  deltaBinaryUnpack(reader, values.length, values);
  return { values, end: reader.offset };
}

function readerOf(bytes: Uint8Array): DataReader {
  return { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 };
}
