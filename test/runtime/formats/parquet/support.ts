import { readFileSync } from "node:fs";
import { nodeCompression } from "../../../../runtime/host/node-compression.ts";
import { parquetBlocks, type ParquetOptions } from "../../../../runtime/formats/parquet/parquet-blocks.ts";
import type { Block, BlockFile } from "../../../../runtime/formats/block-format.ts";
import type { FieldDescriptor } from "../../../../runtime/formats/type-descriptor.ts";

/** A file in memory that counts the bytes that are read of it. */
export function fileOf(bytes: Uint8Array, path = "data/a.parquet"): BlockFile & { bytesRead: number } {
  return {
    path,
    size: bytes.length,
    compression: nodeCompression,
    bytesRead: 0,
    read(position, length) {
      if (position < 0 || position + length > bytes.length) throw new RangeError("read outside the file");
      this.bytesRead += length;
      return bytes.slice(position, position + length);
    },
  };
}

export function factFile(name: string): BlockFile & { bytesRead: number } {
  return fileOf(readFileSync(new URL(`../../../facts/parquet/${name}`, import.meta.url)), name);
}

export async function blocksOf(file: BlockFile, fields: readonly FieldDescriptor[], options: ParquetOptions = {}): Promise<readonly Block[]> {
  const blocks: Block[] = [];
  for await (const block of parquetBlocks(fields, options).blocks(file, new AbortController().signal)) blocks.push(block);
  return blocks;
}

export async function rowsOf(file: BlockFile, fields: readonly FieldDescriptor[], options: ParquetOptions = {}): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const blocks = await blocksOf(file, fields, options);
  return blocks.flatMap(({ rows, columns }) => Array.from({ length: rows }, (_, row) => Object.fromEntries(fields.map(([name], column) => [name, columns[column]?.[row]]))));
}
