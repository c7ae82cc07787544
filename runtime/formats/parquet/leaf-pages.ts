import type { BlockFile } from "../block-format.ts";
import { ChunkWindow } from "./chunk-window.ts";
import type { FileNode } from "./file-node.ts";
import type { LeafValue } from "./leaf-value.ts";
import { unsupportedParquet } from "./parquet-errors.ts";
import { decompressed, knowsCodec, readPageHeader, readValues, readWholes, type ColumnMetaData, type PageHeader } from "./parquet-library.ts";

/** Entries of a leaf: each has its levels, and those at the leaf's own level a value. */
export interface LeafPage {
  readonly count: number;
  /** Undefined where every entry has a value. */
  readonly definitions: Int32Array | undefined;
  /** Undefined where every entry is a row. */
  readonly repetitions: Int32Array | undefined;
  /** Converted already: values of the runtime, or misfits. */
  readonly values: ArrayLike<unknown>;
}

/** A header is longer only where it carries long statistics. */
const usualHeader = 1024;
const longestHeader = 16 * 1024 * 1024;
/** Bytes of a page that are believed. */
const largestPage = 1024 * 1024 * 1024;

/** The pages of one leaf in one row group, one after the other. */
export class LeafPages {
  readonly #path: string;
  readonly #window: ChunkWindow;
  readonly #node: FileNode;
  readonly #chunk: ColumnMetaData;
  readonly #convert: LeafValue;
  #position: number;
  #left: number;
  #dictionary: readonly unknown[] | undefined;

  constructor(file: BlockFile, node: FileNode, chunk: ColumnMetaData, convert: LeafValue) {
    const { dictionary_page_offset: dictionary, data_page_offset: data, total_compressed_size: size } = chunk;
    if (!knowsCodec(chunk.codec)) throw unsupportedParquet(file.path, `the codec ${chunk.codec}`);
    const start = Number(dictionary !== undefined && dictionary > 0n && dictionary < data ? dictionary : data);
    const end = start + Number(size);
    if (start < 4 || end > file.size) throw new RangeError(`the column ${node.name} lies outside the file`);
    this.#path = file.path;
    this.#window = new ChunkWindow(file, end);
    this.#position = start;
    this.#left = Number(chunk.num_values);
    this.#node = node;
    this.#chunk = chunk;
    this.#convert = convert;
  }

  /** The next page that has entries; undefined at the end. */
  next(): LeafPage | undefined {
    while (this.#left > 0) {
      const { header, bytes } = this.#page();
      if (header.type === "DICTIONARY_PAGE") this.#dictionary = this.#converted(this.#plainDictionary(header, bytes));
      const page = header.type === "DATA_PAGE" ? this.#first(header, bytes) : header.type === "DATA_PAGE_V2" ? this.#second(header, bytes) : undefined;
      if (page === undefined || page.count === 0) continue;
      this.#left -= page.count;
      if (this.#left < 0) throw new RangeError(`the column ${this.#node.name} has more values than it says`);
      return page;
    }
    return undefined;
  }

  #page(): { readonly header: PageHeader; readonly bytes: Uint8Array } {
    if (this.#window.left(this.#position) <= 0) throw new RangeError(`the column ${this.#node.name} ends before its last value`);
    const { header, length } = this.#header();
    const { compressed_page_size: size, uncompressed_page_size: whole } = header;
    if (!(size >= 0 && size <= this.#window.left(this.#position + length)) || !(whole >= 0 && whole <= largestPage)) throw new RangeError(`a page of the column ${this.#node.name} has no size that can be`);
    const bytes = this.#window.bytes(this.#position + length, size);
    this.#position += length + size;
    return { header, bytes };
  }

  #header(): { readonly header: PageHeader; readonly length: number } {
    for (let size = usualHeader; ; size *= 4) {
      const bytes = this.#window.bytes(this.#position, size);
      try {
        return readPageHeader(bytes);
      } catch (error) {
        if (bytes.length < size || size > longestHeader) throw error;
      }
    }
  }

  #plainDictionary(header: PageHeader, bytes: Uint8Array): ArrayLike<unknown> {
    const page = decompressed(bytes, this.#chunk.codec, header.uncompressed_page_size);
    const count = this.#count(header.dictionary_page_header?.num_values, Infinity);
    // Each entry takes a byte at least, but for booleans, which have no dictionary.
    if (count > page.length) throw new RangeError(`the dictionary of the column ${this.#node.name} has more values than bytes`);
    return readValues(page, 0, count, "PLAIN", this.#node.element) ?? [];
  }

  /** Levels and values compressed together. */
  #first(header: PageHeader, bytes: Uint8Array): LeafPage {
    const { num_values, encoding } = header.data_page_header ?? missing();
    const count = this.#count(num_values, this.#left);
    const page = decompressed(bytes, this.#chunk.codec, header.uncompressed_page_size);
    const { repetition, definition } = this.#node;
    const repetitions = repetition === 0 ? undefined : readWholes(page, 0, count, bitsOf(repetition));
    const from = repetitions?.end ?? 0;
    const definitions = definition === 0 ? undefined : readWholes(page, from, count, bitsOf(definition));
    const present = presentOf(definitions?.values, definition, count);
    const values = this.#values(page, definitions?.end ?? from, present, encoding, false);
    return { count, definitions: present === count ? undefined : definitions?.values, repetitions: repetitions?.values, values };
  }

  /** Levels stand before the values, which alone are compressed. */
  #second(header: PageHeader, bytes: Uint8Array): LeafPage {
    const { num_values, encoding, definition_levels_byte_length: ofDefinitions, repetition_levels_byte_length: ofRepetitions, is_compressed } = header.data_page_header_v2 ?? missing();
    const count = this.#count(num_values, this.#left);
    const levels = ofRepetitions + ofDefinitions;
    if (!(ofRepetitions >= 0 && ofDefinitions >= 0 && levels <= bytes.length)) throw new RangeError(`a page of the column ${this.#node.name} has levels beyond its end`);
    const { repetition, definition } = this.#node;
    const repetitions = repetition === 0 ? undefined : readWholes(bytes, 0, count, bitsOf(repetition), ofRepetitions).values;
    const definitions = definition === 0 ? undefined : readWholes(bytes, ofRepetitions, count, bitsOf(definition), ofDefinitions).values;
    const present = presentOf(definitions, definition, count);
    const rest = bytes.subarray(levels);
    // A page of nulls alone may have nothing that could be decompressed.
    const page = is_compressed === false || rest.length === 0 ? rest : decompressed(rest, this.#chunk.codec, header.uncompressed_page_size - levels);
    return { count, definitions: present === count ? undefined : definitions, repetitions, values: this.#values(page, 0, present, encoding, true) };
  }

  #values(page: Uint8Array, at: number, count: number, encoding: string, isSecond: boolean): ArrayLike<unknown> {
    if (count === 0) return [];
    if (encoding === "PLAIN_DICTIONARY" || encoding === "RLE_DICTIONARY") {
      const dictionary = this.#dictionary;
      const bits = page[at];
      if (dictionary === undefined || bits === undefined || bits > 31) throw new RangeError(`the column ${this.#node.name} has no dictionary for its values`);
      const places = readWholes(page, at + 1, count, bits, page.length - at - 1).values;
      const values = new Array<unknown>(count);
      for (let row = 0; row < count; row++) {
        const place = places[row] ?? 0;
        if (place >= dictionary.length) throw new RangeError(`a value of the column ${this.#node.name} is not in its dictionary`);
        values[row] = dictionary[place];
      }
      return values;
    }
    const values = encoding === "RLE" && this.#node.element.type !== "BOOLEAN" ? undefined : readValues(page, at, count, encoding, this.#node.element);
    if (values === undefined) throw unsupportedParquet(this.#path, `the encoding ${encoding}${isSecond ? " in pages of version 2" : ""}`);
    if (values.length < count) throw new RangeError(`a page of the column ${this.#node.name} has fewer values than it says`);
    return this.#converted(values);
  }

  #converted(values: ArrayLike<unknown>): readonly unknown[] {
    const converted = new Array<unknown>(values.length);
    for (let at = 0; at < values.length; at++) converted[at] = this.#convert(values[at]);
    return converted;
  }

  #count(count: number | undefined, most: number): number {
    if (count === undefined || !(count >= 0 && count <= most)) throw new RangeError(`a page of the column ${this.#node.name} says that it has ${count ?? "no"} values`);
    return count;
  }
}

function missing(): never {
  throw new RangeError("a page has no header of its kind");
}

function bitsOf(level: number): number {
  return 32 - Math.clz32(level);
}

/** How many entries have a value. */
function presentOf(definitions: Int32Array | undefined, level: number, count: number): number {
  if (definitions === undefined) return count;
  let present = 0;
  for (let at = 0; at < count; at++) if (definitions[at] === level) present++;
  return present;
}
