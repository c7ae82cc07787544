import { ByteWriter } from "hyparquet-writer/src/bytewriter.js";
import { writeMetadata } from "hyparquet-writer/src/metadata.js";
import { serializeTCompactProtocol } from "hyparquet-writer/src/thrift.js";

/** A zstd frame without a size: zero bytes, in blocks of repeats that take four bytes each. */
export function zstdOfRepeats(length: number): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (let left = length; left > 0; ) {
    const size = Math.min(left, 131_072);
    left -= size;
    const head = (size << 3) | (1 << 1) | (left === 0 ? 1 : 0);
    blocks.push(Uint8Array.of(head & 255, (head >>> 8) & 255, (head >>> 16) & 255, 0));
  }
  // No checksum, a window of 1 MiB.
  return Buffer.concat([Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0, 10 << 3), ...blocks]);
}

/** A Parquet file of one column `a` (INT32): a dictionary of one value, and a page whose one run has it `rows` times. */
export function fileOfOneRun(rows: number): Uint8Array {
  const dictionary = Uint8Array.of(0, 0, 0, 0);
  const dictionaryHead = thrift({ field_1: 2, field_2: 4, field_3: 4, field_7: { field_1: 1, field_2: 0 } });
  const run = Uint8Array.of(1, ...varint(rows * 2), 0);
  const head = thrift({ field_1: 0, field_2: run.length, field_3: run.length, field_5: { field_1: rows, field_2: 8, field_3: 3, field_4: 3 } });
  const pages = Buffer.concat([dictionaryHead, dictionary, head, run]);
  const size = BigInt(pages.length);
  const footer = new ByteWriter();
  writeMetadata(footer, {
    version: 2,
    num_rows: BigInt(rows),
    metadata_length: 0,
    schema: [{ name: "root", num_children: 1 }, { name: "a", type: "INT32", repetition_type: "REQUIRED" }],
    row_groups: [
      {
        num_rows: BigInt(rows),
        total_byte_size: size,
        columns: [{ file_offset: 4n, meta_data: { type: "INT32", encodings: ["PLAIN", "RLE_DICTIONARY"], path_in_schema: ["a"], codec: "UNCOMPRESSED", num_values: BigInt(rows), total_uncompressed_size: size, total_compressed_size: size, data_page_offset: BigInt(8 + dictionaryHead.length), dictionary_page_offset: 4n } }],
      },
    ],
  });
  return Buffer.concat([Buffer.from("PAR1"), pages, footer.getBytes(), Buffer.from("PAR1")]);
}

function thrift(fields: Record<string, unknown>): Uint8Array {
  const writer = new ByteWriter();
  serializeTCompactProtocol(writer, fields);
  return writer.getBytes();
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) | 128, ...varint(Math.floor(value / 128))];
}
