import type { Block, BlockFile, BlockFormat } from "../block-format.ts";
import { toBuffer } from "../compression/to-buffer.ts";
import type { FieldDescriptor } from "../type-descriptor.ts";
import type { ValueField } from "../value-type.ts";
import { AvroDecoder, BrokenRecord, columnFields } from "./avro-decoder.ts";
import { damagedFile, decodingProblem, schemaDoesNotFit, tooManyRows, unknownCodec } from "./avro-errors.ts";
import type { LibraryType } from "./avro-library.ts";
import { UnfitSchema } from "./avro-value.ts";
import { blockHeadType, headerType, magic, markBytes } from "./container-header.ts";
import { codecs, longestBlock, unpacked } from "./unpacked.ts";

export interface AvroFileOptions {
  /** The text of a schema against which the files' own are resolved: their fields may have other names and defaults there. */
  readonly schema?: string;
}

/** Rows that are handed on together. */
const mostRows = 4096;
/** Rows of a block that may be more than its bytes: a record without fields, or of nulls alone, takes none, so that nothing else bounds what a block says. */
const mostRowsOfNothing = 1 << 24;
/** Bytes in which a header is looked for at first, and at most. */
const firstBytes = 65_536;
const longestHeader = 16 * 1024 * 1024;
/** Two longs. */
const headBytes = 20;

/** Container files (`Obj` 1): blocks of records, compressed one by one, each with the file's mark behind it. One block is in memory at a time. */
export function avroBlocks(fields: readonly FieldDescriptor[], options: AvroFileOptions = {}): BlockFormat {
  const wanted = columnFields(fields);
  return { name: "avro", blocks: (file, signal) => rowsOf(file, wanted, options, signal) };
}

async function* rowsOf(file: BlockFile, fields: readonly ValueField[], { schema }: AvroFileOptions, signal: AbortSignal): AsyncGenerator<Block, void, undefined> {
  const header = readHeader(file);
  if (!codecs.has(header.codec)) throw unknownCodec(file.path, header.codec);
  const decoder = decoderOf(file, header.schema, fields, schema);
  let first = 0;
  for (let at = header.end; at < file.size; ) {
    signal.throwIfAborted();
    const packed = readBlock(file, at, header.sync);
    const bytes = await contentOf(file, at, header.codec, packed.bytes);
    if (packed.rows > Math.max(bytes.length, mostRowsOfNothing)) throw tooManyRows(file.path, at, packed.rows, bytes.length);
    yield* slices(file, at, { decoder, columns: fields.length, bytes, rows: packed.rows, first, signal });
    first += packed.rows;
    at = packed.end;
  }
}

interface Header {
  readonly schema: string;
  readonly codec: string;
  readonly sync: Uint8Array;
  /** Where the first block begins. */
  readonly end: number;
}

function readHeader(file: BlockFile): Header {
  for (let length = Math.min(firstBytes, file.size); ; length = Math.min(length * 4, file.size, longestHeader)) {
    const bytes = toBuffer(file.read(0, length));
    if (magic.some((byte, at) => bytes[at] !== byte)) throw damagedFile(file.path, 0, "it does not begin as a container file does");
    const found = decoded(headerType, bytes);
    if (found !== undefined) {
      const { meta, sync } = found.value as { readonly meta: ReadonlyMap<string, Uint8Array>; readonly sync: Uint8Array };
      const schema = meta.get("avro.schema");
      if (schema === undefined) throw damagedFile(file.path, 0, "its header has no schema");
      return { schema: text(schema), codec: text(meta.get("avro.codec")) || "null", sync, end: found.end };
    }
    if (length >= Math.min(file.size, longestHeader)) throw damagedFile(file.path, 0, "its header is cut off");
  }
}

/** A block's rows, its bytes, and where the next one begins. */
function readBlock(file: BlockFile, at: number, sync: Uint8Array): { readonly rows: number; readonly bytes: Uint8Array; readonly end: number } {
  const head = decoded(blockHeadType, toBuffer(file.read(at, Math.min(headBytes, file.size - at))));
  if (head === undefined) throw damagedFile(file.path, at, "a block is cut off");
  const { rows, bytes: length } = head.value as { readonly rows: number | bigint; readonly bytes: number | bigint };
  if (typeof rows === "bigint" || typeof length === "bigint" || rows < 0 || length < 0) throw damagedFile(file.path, at, `a block of ${rows} rows and ${length} bytes`);
  const begin = at + head.end;
  const end = begin + length + markBytes;
  if (end > file.size) throw damagedFile(file.path, at, `a block of ${length} bytes is cut off`);
  if (length > longestBlock) throw damagedFile(file.path, at, `a block of ${length} bytes is longer than ${longestBlock}`);
  const bytes = file.read(begin, length + markBytes);
  if (sync.some((byte, index) => bytes[length + index] !== byte)) throw damagedFile(file.path, begin + length, "the mark behind a block is another than the file's");
  return { rows, bytes: bytes.subarray(0, length), end };
}

async function contentOf(file: BlockFile, at: number, codec: string, bytes: Uint8Array): Promise<Buffer> {
  try {
    return toBuffer(await unpacked(codec, bytes, file.compression));
  } catch (error) {
    throw damagedFile(file.path, at, `a block cannot be unpacked (${codec}): ${decodingProblem(error)}`, error);
  }
}

interface Slicing {
  readonly decoder: AvroDecoder;
  readonly columns: number;
  readonly bytes: Buffer;
  readonly rows: number;
  /** The number of the first row in the file. */
  readonly first: number;
  readonly signal: AbortSignal;
}

function* slices(file: BlockFile, at: number, { decoder, columns: width, bytes, rows, first, signal }: Slicing): Generator<Block, void, undefined> {
  let position = 0;
  for (let done = 0; done < rows; ) {
    signal.throwIfAborted();
    const count = Math.min(mostRows, rows - done);
    const columns = Array.from({ length: width }, (): unknown[] => []);
    const malformed = new Map<number, string>();
    for (let row = 0; row < count; row++) {
      const { values, next } = record(file, at, decoder, bytes, position, first + done + row);
      position = next;
      if (typeof values === "string") malformed.set(row, values);
      columns.forEach((column, index) => column.push(typeof values === "string" ? null : values[index]));
    }
    yield { rows: count, columns, first: first + done, ...(malformed.size === 0 ? {} : { malformed }) };
    done += count;
  }
  if (position < bytes.length) throw damagedFile(file.path, at, `${bytes.length - position} bytes are left over behind the rows of a block`);
}

function record(file: BlockFile, at: number, decoder: AvroDecoder, bytes: Buffer, position: number, row: number): ReturnType<AvroDecoder["decode"]> {
  try {
    return decoder.decode(bytes, position);
  } catch (error) {
    if (error instanceof BrokenRecord) throw damagedFile(file.path, at, `row ${row}, in the block here, is none: ${error.message}`);
    throw error;
  }
}

function decoderOf(file: BlockFile, writer: string, fields: readonly ValueField[], reader: string | undefined): AvroDecoder {
  try {
    return new AvroDecoder(writer, fields, reader);
  } catch (error) {
    throw error instanceof UnfitSchema ? schemaDoesNotFit(file.path, error.message) : error;
  }
}

function decoded(type: LibraryType, bytes: Buffer): { readonly value: unknown; readonly end: number } | undefined {
  try {
    const { value, offset }: { value: unknown; offset: number } = type.decode(bytes, 0);
    return offset < 0 ? undefined : { value, end: offset };
  } catch {
    return undefined;
  }
}

function text(bytes: Uint8Array | undefined): string {
  return bytes === undefined ? "" : Buffer.from(bytes).toString("utf8");
}
