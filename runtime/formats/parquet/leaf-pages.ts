import type { BlockFile } from "../block-format.ts";
import { ChunkWindow } from "./chunk-window.ts";
import type { FileNode } from "./file-node.ts";
import type { LeafValue } from "./leaf-value.ts";
import { pageValues } from "./page-values.ts";
import { pageTooLarge, unsupportedParquet } from "./parquet-errors.ts";
import { decompressed, knowsCodec, readPageHeader, readPlainValues, type ColumnMetaData, type PageHeader } from "./parquet-library.ts";
import { RunDecoder } from "./run-decoder.ts";

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
/** Bytes of a page that are believed, and those of one that a few bytes may stand for. */
const largestPage = 1024 * 1024 * 1024;
const largestUnpacked = 256 * 1024 * 1024;
const mostInDictionary = 1 << 24;
/** Entries that are decoded together: a page of a few bytes may stand for any number of them. */
const sliceEntries = 4096;

/** A page of which some is decoded. */
interface OpenPage {
  /** Entries that are not. */
  left: number;
  readonly repetitions: RunDecoder | undefined;
  readonly definitions: RunDecoder | undefined;
  values(count: number): ArrayLike<unknown>;
}

/** The pages of one leaf in one row group, one after the other, some entries at a time. */
export class LeafPages {
  readonly #path: string;
  readonly #window: ChunkWindow;
  readonly #node: FileNode;
  readonly #chunk: ColumnMetaData;
  readonly #convert: LeafValue;
  #position: number;
  #left: number;
  #dictionary: readonly unknown[] | undefined;
  #open: OpenPage | undefined;

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

  /** The next entries; undefined at the end. */
  next(): LeafPage | undefined {
    while (this.#open === undefined || this.#open.left === 0) {
      if (this.#left === 0) return undefined;
      const { header, bytes } = this.#page();
      if (header.type === "DICTIONARY_PAGE") this.#dictionary = this.#plainDictionary(header, bytes);
      if (header.type === "DATA_PAGE") this.#open = this.#first(header, bytes);
      if (header.type === "DATA_PAGE_V2") this.#open = this.#second(header, bytes);
      this.#left -= this.#open?.left ?? 0;
    }
    return this.#slice(this.#open);
  }

  #page(): { readonly header: PageHeader; readonly bytes: Uint8Array } {
    if (this.#window.left(this.#position) <= 0) throw new RangeError(`the column ${this.#node.name} ends before its last value`);
    const { header, length } = this.#header();
    const { compressed_page_size: size, uncompressed_page_size: whole } = header;
    if (!(size >= 0 && size <= this.#window.left(this.#position + length)) || !(whole >= 0 && whole <= largestPage)) throw new RangeError(`a page of the column ${this.#node.name} has no size that can be`);
    if (this.#chunk.codec !== "UNCOMPRESSED" && whole > largestUnpacked) throw pageTooLarge(this.#path, this.#node.name);
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

  #plainDictionary(header: PageHeader, bytes: Uint8Array): readonly unknown[] {
    const page = decompressed(bytes, this.#chunk.codec, header.uncompressed_page_size);
    const count = this.#count(header.dictionary_page_header?.num_values, Infinity);
    // Each entry takes a byte at least, but for booleans, which have no dictionary.
    if (count > page.length) throw new RangeError(`the dictionary of the column ${this.#node.name} has more values than bytes`);
    if (count > mostInDictionary) throw pageTooLarge(this.#path, this.#node.name);
    const entries = readPlainValues(page, 0, this.#node.element);
    const dictionary: unknown[] = [];
    while (dictionary.length < count) dictionary.push(...this.#converted(entries.next(Math.min(sliceEntries, count - dictionary.length))));
    return dictionary;
  }

  /** Levels and values compressed together. */
  #first(header: PageHeader, bytes: Uint8Array): OpenPage {
    const { num_values, encoding } = header.data_page_header ?? missing();
    const count = this.#count(num_values, this.#left);
    const page = decompressed(bytes, this.#chunk.codec, header.uncompressed_page_size);
    const { repetition, definition } = this.#node;
    let at = 0;
    // The length of levels stands before them.
    const levels = (most: number): RunDecoder | undefined => {
      if (most === 0) return undefined;
      const begin = at + 4;
      if (begin <= page.length) at = begin + new DataView(page.buffer, page.byteOffset + begin - 4, 4).getUint32(0, true);
      if (begin > page.length || at > page.length) throw new RangeError(`a page of the column ${this.#node.name} has levels beyond its end`);
      return new RunDecoder(page, begin, bitsOf(most));
    };
    const repetitions = levels(repetition);
    const definitions = levels(definition);
    return { left: count, repetitions, definitions, values: this.#valuesLater(page, at, count, encoding, false) };
  }

  /** Levels stand before the values, which alone are compressed. */
  #second(header: PageHeader, bytes: Uint8Array): OpenPage {
    const { num_values, encoding, definition_levels_byte_length: ofDefinitions, repetition_levels_byte_length: ofRepetitions, is_compressed } = header.data_page_header_v2 ?? missing();
    const count = this.#count(num_values, this.#left);
    const levels = ofRepetitions + ofDefinitions;
    if (!(ofRepetitions >= 0 && ofDefinitions >= 0 && levels <= bytes.length)) throw new RangeError(`a page of the column ${this.#node.name} has levels beyond its end`);
    const { repetition, definition } = this.#node;
    const repetitions = repetition === 0 ? undefined : new RunDecoder(bytes, 0, bitsOf(repetition));
    const definitions = definition === 0 ? undefined : new RunDecoder(bytes, ofRepetitions, bitsOf(definition));
    const rest = bytes.subarray(levels);
    // A page of nulls alone may have nothing that could be decompressed.
    const page = is_compressed === false || rest.length === 0 ? rest : decompressed(rest, this.#chunk.codec, header.uncompressed_page_size - levels);
    return { left: count, repetitions, definitions, values: this.#valuesLater(page, 0, count, encoding, true) };
  }

  /** The next entries of a page. */
  #slice(page: OpenPage): LeafPage {
    const count = Math.min(page.left, sliceEntries);
    const repetitions = page.repetitions?.take(count);
    const definitions = page.definitions?.take(count);
    const present = presentOf(definitions, this.#node.definition, count);
    page.left -= count;
    return { count, definitions: present === count ? undefined : definitions, repetitions, values: present === 0 ? [] : page.values(present) };
  }
  /** Takes the next values of a page; what stands before them is looked at when the first are asked for: a page of nulls alone has none. */
  #valuesLater(page: Uint8Array, at: number, most: number, encoding: string, isSecond: boolean): OpenPage["values"] {
    let opened: ((count: number) => ArrayLike<unknown>) | undefined;
    return (count) => {
      opened ??= this.#openValues(page, at, most, encoding, isSecond);
      return opened(count);
    };
  }

  #openValues(page: Uint8Array, at: number, most: number, encoding: string, isSecond: boolean): (count: number) => ArrayLike<unknown> {
    if (encoding === "PLAIN_DICTIONARY" || encoding === "RLE_DICTIONARY") return this.#inDictionary(page, at);
    const values = pageValues(page, at, most, encoding, this.#node.element);
    if (values === "too many") throw pageTooLarge(this.#path, this.#node.name);
    if (values === undefined) throw unsupportedParquet(this.#path, `the encoding ${encoding}${isSecond ? " in pages of version 2" : ""}`);
    return (count) => this.#converted(values.next(count));
  }

  #inDictionary(page: Uint8Array, at: number): (count: number) => ArrayLike<unknown> {
    const dictionary = this.#dictionary;
    const bits = page[at];
    if (dictionary === undefined || bits === undefined || bits > 31) throw new RangeError(`the column ${this.#node.name} has no dictionary for its values`);
    const places = new RunDecoder(page, at + 1, bits);
    return (count) => {
      const values = new Array<unknown>(count);
      const taken = places.take(count);
      for (let row = 0; row < count; row++) {
        const place = taken[row] ?? 0;
        if (place >= dictionary.length) throw new RangeError(`a value of the column ${this.#node.name} is not in its dictionary`);
        values[row] = dictionary[place];
      }
      return values;
    };
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
