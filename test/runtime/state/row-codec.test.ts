import fc from "fast-check";
import { expect, it } from "vitest";
import { createStateCodec } from "../../../runtime/state/codec.ts";
import { murmur3 } from "../../../runtime/state/murmur3.ts";

const codec = createStateCodec({ partitions: 8, hash: { name: "murmur3-32", seed: 42 } });

type Field =
  | { readonly kind: "null" }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "long"; readonly value: number | bigint }
  | { readonly kind: "text"; readonly value: string }
  | { readonly kind: "bytes"; readonly value: Uint8Array };

const canonical = (value: bigint): number | bigint => (value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value);

const field: fc.Arbitrary<Field> = fc.oneof(
  fc.constant<Field>({ kind: "null" }),
  fc.boolean().map((value): Field => ({ kind: "boolean", value })),
  fc.oneof(fc.double(), fc.maxSafeInteger(), fc.constantFrom(0, -0, NaN, Infinity, -Infinity, 2 ** 53, -(2 ** 53), 255, 256, 1e300)).map((value): Field => ({ kind: "number", value })),
  fc.oneof(fc.bigInt({ min: -(10n ** 38n), max: 10n ** 38n }), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.bigInt({ min: -300n, max: 300n })).map((value): Field => ({ kind: "long", value: canonical(value) })),
  fc.oneof(fc.string(), fc.string({ unit: "grapheme" }), fc.string({ unit: "binary", maxLength: 200 }), fc.constantFrom("\ud800", "a\udc00b", "\ufeffx", "é".repeat(32), "x".repeat(63), "x".repeat(64), "__proto__")).map((value): Field => ({ kind: "text", value })),
  fc.uint8Array().map((value): Field => ({ kind: "bytes", value })),
);

function encode(fields: readonly Field[]): Uint8Array {
  const writer = codec.writer();
  for (const each of fields) {
    switch (each.kind) {
      case "null": writer.writeNull(); break;
      case "boolean": writer.writeBoolean(each.value); break;
      case "number": writer.writeNumber(each.value); break;
      case "long": writer.writeLong(each.value); break;
      case "text": writer.writeText(each.value); break;
      case "bytes": writer.writeBytes(each.value); break;
    }
  }
  return writer.take();
}

function decode(bytes: Uint8Array, fields: readonly Field[]): readonly Field[] {
  const reader = codec.reader(bytes);
  return fields.map(({ kind }): Field => {
    if (kind === "null") return reader.readNull() ? { kind } : { kind: "boolean", value: false };
    expect(reader.readNull()).toBe(false);
    switch (kind) {
      case "boolean": return { kind, value: reader.readBoolean() };
      case "number": return { kind, value: reader.readNumber() };
      case "long": return { kind, value: reader.readLong() };
      case "text": return { kind, value: reader.readText() };
      case "bytes": return { kind, value: reader.readBytes() };
    }
  });
}

it("gives back every row that was written, to the bit", () => {
  fc.assert(fc.property(fc.array(field, { maxLength: 12 }), (fields) => {
    expect(decode(encode(fields), fields)).toEqual(fields);
  }), { numRuns: 500 });
});

it("writes equal values as equal bytes, however they were computed", () => {
  expect(encode([{ kind: "long", value: 5n }])).toEqual(encode([{ kind: "long", value: 5 }]));
  expect(encode([{ kind: "number", value: NaN }])).toEqual(encode([{ kind: "number", value: 0 / 0 }]));
  expect(encode([{ kind: "number", value: 0 }])).not.toEqual(encode([{ kind: "number", value: -0 }]));
});

it("is compact: small numbers take two bytes, a short text one more than its length", () => {
  expect(encode([{ kind: "long", value: 0 }])).toHaveLength(1);
  expect(encode([{ kind: "number", value: 200 }])).toHaveLength(2);
  expect(encode([{ kind: "text", value: "/index.html" }])).toHaveLength(12);
  expect(encode([{ kind: "number", value: 1_700_000_000_000_000 }])).toHaveLength(8);
});

it("refuses a row that is cut off or of another type, and never gives a wrong value", () => {
  fc.assert(fc.property(fc.array(field, { minLength: 1, maxLength: 6 }), fc.nat(), (fields, cut) => {
    const bytes = encode(fields);
    const short = bytes.subarray(0, cut % bytes.length);
    let read: readonly Field[] | undefined;
    try {
      read = decode(short, fields);
    } catch (error) {
      expect(error).toHaveProperty("code", "R7503");
    }
    if (read !== undefined) expect(read).not.toEqual(fields);
  }));
  expect(() => codec.reader(encode([{ kind: "text", value: "5" }])).readLong()).toThrow(expect.objectContaining({ code: "R7503" }));
  expect(() => codec.reader(encode([{ kind: "long", value: 5 }])).readNumber()).toThrow(expect.objectContaining({ code: "R7503" }));
});

it("hands on fields without reading their values, and notices one that is cut off or no UTF-8", () => {
  fc.assert(fc.property(fc.array(field, { maxLength: 12 }), (fields) => {
    const bytes = encode(fields);
    const out = codec.writer();
    const passed = codec.reader(bytes).readFields(fields.length);
    out.writeFields(passed, 0, passed.length);
    expect(out.take()).toEqual(bytes);
    if (bytes.length > 0) expect(() => codec.reader(bytes.subarray(0, -1)).readFields(fields.length)).toThrow(expect.objectContaining({ code: "R7503" }));
  }));
  expect(() => codec.reader(Uint8Array.of(0x42, 0xc3, 0x28)).readFields(1)).toThrow(expect.objectContaining({ code: "R7503" }));
});

it("hashes as MurmurHash3 x86 32 does", () => {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  expect(murmur3(bytes(""), 0)).toBe(0);
  expect(murmur3(bytes(""), 1)).toBe(0x514e28b7);
  expect(murmur3(bytes("test"), 0)).toBe(0xba6bd213);
  expect(murmur3(bytes("Hello, world!"), 0x9747b28c)).toBe(0x24884cba);
  expect(murmur3(bytes("The quick brown fox jumps over the lazy dog"), 0x9747b28c)).toBe(0x2fa826cd);
});

it("spreads keys over all partitions", () => {
  const partitions = new Set(Array.from({ length: 200 }, (_, at) => codec.partitionOf(encode([{ kind: "long", value: at }]))));
  expect([...partitions].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});

it.each([
  [0, "10", "20"],
  [1, "1101", "2101"],
  [255, "11ff", "21ff"],
  [256, "120001", "220001"],
  [2 ** 31, "1400000080", "2400000080"],
  [2 ** 32, "150000000001", "250000000001"],
  [2 ** 40 + 3, "16030000000001", "26030000000001"],
  [Number.MAX_SAFE_INTEGER, "17ffffffffffff1f", "27ffffffffffff1f"],
  [-1, "1901", "2901"],
  [-(2 ** 32), "1d0000000001", "2d0000000001"],
  [2 ** 53, "030000000000004043", undefined],
  [-0, "030000000000000080", undefined],
  [0.5, "03000000000000e03f", undefined],
])("writes %d as checkpoints have it", (value, number, long) => {
  const hex = (each: Field): string => Buffer.from(encode([each])).toString("hex");
  expect(hex({ kind: "number", value })).toBe(number);
  if (long !== undefined) expect(hex({ kind: "long", value })).toBe(long);
});
