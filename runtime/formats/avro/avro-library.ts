import { isUtf8 } from "node:buffer";
import avro from "avsc";
import { canonicalInteger, fitsLong } from "../../functions/exact-integer.ts";

/** A type of the library, made so that it holds what the language holds: exact longs, maps with any keys, and no more items than there are bytes. */
export type LibraryType = avro.Type;

/** What the library's types read from and write to. */
interface Tap {
  readonly buf: Buffer;
  pos: number;
  readLong(): number;
  skipLong(): void;
  writeLong(value: number): void;
  writeString(text: string): void;
  readString(): string;
}

/** How the library reads and writes one type: what its own types do for themselves, and ours override. */
interface Coder {
  _read(tap: Tap): unknown;
  _skip(tap: Tap): void;
  _write(tap: Tap, value: unknown): void;
}

type NewType = new (schema: avro.Type | unknown, options: unknown) => avro.Type;

/** The library's types as they are, to be extended: its declarations say nothing of how they read and write. */
const classes: Readonly<Record<string, unknown>> = { ...avro.types };

/** Compiles a schema, with names of its own. Fails as the library does where it is none. */
export function libraryType(schema: unknown): LibraryType {
  return avro.Type.forSchema(schema as Parameters<typeof avro.Type.forSchema>[0], { typeHook, omitRecordMethods: true });
}

/** The fields of a record, for a projection of it; undefined where the type is none. */
export function libraryFields(type: LibraryType): readonly { readonly name: string; readonly type: LibraryType }[] | undefined {
  return type instanceof avro.types.RecordType ? type.fields : undefined;
}

/** A record of some of a record's fields, which are given with what the schema says of them. */
export function projectedType(name: string, fields: readonly Readonly<Record<string, unknown>>[]): LibraryType {
  return libraryType({ type: "record", name, fields });
}

function typeHook(schema: unknown, options: unknown): avro.Type | undefined {
  if (Array.isArray(schema)) return isOptional(schema) ? new OptionalType(schema, options) : undefined;
  const name = typeof schema === "object" && schema !== null && "type" in schema ? schema.type : schema;
  switch (name) {
    case "long":
      return exactLong;
    case "string":
      return checkedText;
    case "array":
      return new BoundedArray(schema, options);
    case "map":
      return new BoundedMap(schema, options);
    default:
      return undefined;
  }
}

/** Longs as the runtime has them: a number while safe, else a bigint. The library hands over the variable-length bytes. */
const exactLong = avro.types.LongType.__with(
  {
    fromBuffer: (bytes: Uint8Array) => readLong(bytes),
    toBuffer: (value: number | bigint) => writeLong(value),
    fromJSON: (value: unknown) => (typeof value === "number" && Number.isSafeInteger(value) ? value : canonicalInteger(BigInt(String(value)))),
    toJSON: (value: number | bigint) => Number(value),
    isValid: (value: unknown) => (typeof value === "number" ? Number.isSafeInteger(value) : typeof value === "bigint" && fitsLong(value)),
    compare: (one: number | bigint, other: number | bigint) => (one < other ? -1 : one > other ? 1 : 0),
  },
  true,
);

/** Zigzag, seven bits a byte, the lowest first. */
function readLong(bytes: Uint8Array): number | bigint {
  if (bytes.length <= 7) {
    let sum = 0;
    for (let at = bytes.length - 1; at >= 0; at--) sum = sum * 128 + ((bytes[at] ?? 0) & 0x7f);
    return sum % 2 === 0 ? sum / 2 : -(sum + 1) / 2;
  }
  if (bytes.length > 10) throw new RangeError("a long has more than ten bytes");
  let sum = 0n;
  for (let at = bytes.length - 1; at >= 0; at--) sum = (sum << 7n) | BigInt((bytes[at] ?? 0) & 0x7f);
  if (sum >> 64n !== 0n) throw new RangeError("a long has more than 64 bits");
  return canonicalInteger((sum & 1n) === 0n ? sum >> 1n : -((sum + 1n) >> 1n));
}

function writeLong(value: number | bigint): Buffer {
  const bytes: number[] = [];
  if (typeof value === "number" && Math.abs(value) < 2 ** 51) {
    let rest = value >= 0 ? value * 2 : -value * 2 - 1;
    for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80);
    bytes.push(rest);
  } else {
    const exact = BigInt(value);
    let rest = exact >= 0n ? exact * 2n : -exact * 2n - 1n;
    for (; rest >= 128n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
    bytes.push(Number(rest));
  }
  return Buffer.from(bytes);
}

/** How many items a block has that begins here, 0 at the end; `skip` passes over a block whose bytes are counted. There are never more items than bytes. */
function blockLength(tap: Tap, skip: boolean): number {
  for (;;) {
    const count = tap.readLong();
    if (count === 0) return 0;
    const bytes = count < 0 ? tap.readLong() : 0;
    const left = tap.buf.length - tap.pos;
    if (!(Math.abs(count) <= left && bytes >= 0 && bytes <= left)) throw new RangeError(`${Math.abs(count)} items in ${Math.max(0, left)} bytes`);
    if (count > 0 || !skip) return Math.abs(count);
    tap.pos += bytes;
  }
}

/** An array that is read no further than its bytes go. */
class BoundedArray extends (classes["ArrayType"] as NewType) implements Pick<Coder, "_read" | "_skip"> {
  declare readonly itemsType: Coder;

  /** The library also calls it on resolvers, which have an `itemsType` too. */
  _read(tap: Tap): unknown[] {
    const items: unknown[] = [];
    for (let left = blockLength(tap, false); left > 0; left = blockLength(tap, false)) {
      for (; left > 0; left--) {
        items.push(this.itemsType._read(tap));
        checkEnd(tap);
      }
    }
    return items;
  }

  _skip(tap: Tap): void {
    for (let left = blockLength(tap, true); left > 0; left = blockLength(tap, true)) {
      for (; left > 0; left--) {
        this.itemsType._skip(tap);
        checkEnd(tap);
      }
    }
  }
}

/** A map with any keys. */
class BoundedMap extends (classes["MapType"] as NewType) implements Coder {
  declare readonly valuesType: Coder;

  _read(tap: Tap): ReadonlyMap<string, unknown> {
    const entries = new Map<string, unknown>();
    for (let left = blockLength(tap, false); left > 0; left = blockLength(tap, false)) {
      for (; left > 0; left--) {
        entries.set(readText(tap), this.valuesType._read(tap));
        checkEnd(tap);
      }
    }
    return entries;
  }

  _skip(tap: Tap): void {
    for (let left = blockLength(tap, true); left > 0; left = blockLength(tap, true)) {
      for (; left > 0; left--) {
        skipText(tap);
        this.valuesType._skip(tap);
        checkEnd(tap);
      }
    }
  }

  _write(tap: Tap, value: unknown): void {
    // Defaults come as objects.
    const entries: readonly (readonly [unknown, unknown])[] = value instanceof Map ? [...value] : Object.entries(value as object);
    if (entries.length > 0) tap.writeLong(entries.length);
    for (const [key, each] of entries) {
      tap.writeString(String(key));
      this.valuesType._write(tap, each);
    }
    tap.writeLong(0);
  }
}

/** Text that is valid UTF-8. */
class CheckedText extends (classes["StringType"] as new () => avro.Type) implements Pick<Coder, "_read"> {
  _read(tap: Tap): string {
    return readText(tap);
  }
}

const checkedText = new CheckedText();

/** A union of null and one other type, whose branch is told by whether the value is null. */
class OptionalType extends (classes["UnwrappedUnionType"] as NewType) implements Pick<Coder, "_write"> {
  declare readonly types: readonly (Coder & avro.Type)[];
  readonly #nullAt: 0 | 1;

  constructor(branches: readonly unknown[], options: unknown) {
    super(branches, options);
    this.#nullAt = branches[0] === "null" ? 0 : 1;
  }

  _write(tap: Tap, value: unknown): void {
    const index = value === null ? this.#nullAt : 1 - this.#nullAt;
    tap.writeLong(index);
    if (value !== null) this.types[index]?._write(tap, value);
  }
}

function isOptional(branches: readonly unknown[]): boolean {
  return branches.length === 2 && branches.filter((branch) => branch === "null").length === 1;
}

function readText(tap: Tap): string {
  const begin = tap.pos;
  const text = tap.readString();
  checkEnd(tap);
  if (text.includes("\uFFFD")) {
    const end = tap.pos;
    tap.pos = begin;
    tap.skipLong();
    const bytes = tap.buf.subarray(tap.pos, end);
    tap.pos = end;
    if (!isUtf8(bytes)) throw new RangeError("a text is not valid UTF-8");
  }
  return text;
}

function skipText(tap: Tap): void {
  const bytes = tap.readLong();
  if (!(bytes >= 0)) throw new RangeError("a text has a negative length");
  tap.pos += bytes;
}

function checkEnd(tap: Tap): void {
  if (!(tap.pos <= tap.buf.length)) throw new RangeError("it ends too soon");
}
