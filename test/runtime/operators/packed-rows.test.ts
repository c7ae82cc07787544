import fc from "fast-check";
import { expect, it } from "vitest";
import { ChunkText, type LongLane, Longs, NullableBooleans, NullableLongs, NullableNumbers, NullableTexts, Texts, Values } from "../../../runtime/formats/columns/index.ts";
import { JsonWriter } from "../../../runtime/formats/json-writer.ts";
import type { TypeDescriptor } from "../../../runtime/formats/type-descriptor.ts";
import { comparePacked, PackedRow } from "../../../runtime/operators/packed-row.ts";
import { PackedRows } from "../../../runtime/operators/packed-rows.ts";
import { plainRow, writePacked } from "../../../runtime/operators/row-view.ts";
import { rowForm } from "../../../runtime/operators/row-form.ts";
import { rowOrder } from "../../../runtime/operators/row-order.ts";
import { RowDecoder } from "../../../runtime/state/row-decoder.ts";
import { RowEncoder } from "../../../runtime/state/row-encoder.ts";
import type { ReaderLane } from "../../../runtime/state/lane-packer.ts";

const columns = {
  name: "string", note: "string?", count: "int", time: "timestamp?", amount: "long", wide: "long?", price: "decimal(10,2)", share: "double", rate: "float?", flag: "boolean", mark: "boolean?", day: "date", wait: "duration?", bytes: "binary",
} as const satisfies Record<string, TypeDescriptor>;

interface Row {
  readonly name: string;
  readonly note: string | null;
  readonly count: number;
  readonly time: number | null;
  readonly amount: number | bigint;
  readonly wide: number | bigint | null;
  readonly price: number | bigint;
  readonly share: number;
  readonly rate: number | null;
  readonly flag: boolean;
  readonly mark: boolean | null;
  readonly day: number;
  readonly wait: number | null;
  readonly bytes: Uint8Array;
}

const form = rowForm<Row>(columns);

const text = fc.oneof(fc.string({ maxLength: 12 }), fc.string({ unit: "binary", maxLength: 90 }), fc.string({ unit: "grapheme-ascii", minLength: 60, maxLength: 200 }), fc.constantFrom("", "\ud800", 'a"b', "tab\t", "😀"));
const long = fc.oneof(fc.maxSafeInteger(), fc.integer(), fc.constantFrom(0, 255, 256, 2 ** 31, 2 ** 32, -1, 2n ** 60n, -(2n ** 62n)));
const number = fc.oneof(fc.integer(), fc.maxSafeInteger(), fc.double(), fc.constantFrom(0, -0, NaN, Infinity, 2 ** 53));
const whole = fc.oneof(fc.integer(), fc.maxSafeInteger());
const orNull = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { nil: null, freq: 3 });
const rows: fc.Arbitrary<Row> = fc.record({
  name: text, note: orNull(text), count: fc.integer(), time: orNull(whole), amount: long, wide: orNull(long), price: long, share: number, rate: orNull(number), flag: fc.boolean(), mark: orNull(fc.boolean()), day: fc.integer(), wait: orNull(whole), bytes: fc.uint8Array({ maxLength: 9 }),
});

/** The lanes that a reader would make: texts lie in the chunk where that holds them as they are. */
function lanesOf(all: readonly Row[], inChunk: boolean): { readonly [Name in keyof Row]: ReaderLane } {
  const chunk = new ChunkText();
  const buffer = Buffer.from(all.map(({ name, note }) => name + (note ?? "")).join(""));
  chunk.begin(buffer, new DataView(buffer.buffer, buffer.byteOffset, buffer.length), buffer, 0, buffer.length);
  const [name, note, time, amount, wide, price, rate, mark, wait, bytes] = [new Texts(chunk), new NullableTexts(chunk), new NullableNumbers(), new Longs(), new NullableLongs(), new Longs(), new NullableNumbers(), new NullableBooleans(), new NullableNumbers(), new Values<Uint8Array>()];
  for (const lane of [name, note, time, amount, wide, price, rate, mark, wait, bytes]) lane.ensure(all.length);
  let at = 0;
  const putText = (lane: Texts | NullableTexts, row: number, value: string | null): void => {
    lane.put(row, value);
    const length = value === null ? 0 : Buffer.byteLength(value);
    if (value !== null && inChunk && buffer.toString("utf8", at, at + length) === value) {
      lane.starts[row] = at;
      lane.ends[row] = at + length;
    }
    at += length;
  };
  all.forEach((row, index) => {
    putText(name, index, row.name);
    putText(note, index, row.note);
    for (const [lane, value] of [[time, row.time], [rate, row.rate], [wait, row.wait]] as const) lane.put(index, value);
    for (const [lane, value] of [[amount, row.amount], [wide, row.wide], [price, row.price]] as const satisfies readonly (readonly [LongLane, unknown])[]) lane.put(index, value);
    mark.put(index, row.mark);
    bytes.put(index, row.bytes);
  });
  const numbers = (value: (row: Row) => number): Float64Array => Float64Array.from(all, value);
  return { name, note, count: numbers(({ count }) => count), time, amount, wide, price, share: numbers(({ share }) => share), rate, flag: Uint8Array.from(all, ({ flag }) => (flag ? 1 : 0)), mark, day: numbers(({ day }) => day), wait, bytes };
}

function encoded(row: Row): readonly number[] {
  const out = new RowEncoder();
  form.write(row, out);
  return [...out.take()];
}

function storedOf(kept: PackedRows<Row>, at: number): readonly number[] {
  const out = new RowEncoder();
  kept.write(at, out);
  return [...out.take()];
}

it("packs a row from the lanes of a reader as the codec writes it", () => {
  fc.assert(
    fc.property(fc.array(rows, { minLength: 1, maxLength: 6 }), fc.boolean(), (all, inChunk) => {
      const kept = new PackedRows<Row>(columns);
      kept.from(lanesOf(all, inChunk));
      all.forEach((row, at) => {
        kept.pack(at);
        kept.keep(at);
        expect(storedOf(kept, at)).toEqual(encoded(row));
      });
      all.forEach((row, at) => expect(plainRow(kept.row(at))).toEqual(row));
    }),
  );
});

it("packs rows of more columns than a byte can number", () => {
  const names = Array.from({ length: 600 }, (_, at) => `c${at}`);
  const wide = new PackedRows<Readonly<Record<string, number>>>(Object.fromEntries(names.map((name) => [name, "double"] as const)));
  wide.from(Object.fromEntries(names.map((name, at) => [name, Float64Array.of(at)])));
  wide.pack(0);
  wide.keep(0);
  expect(plainRow(wide.row(0))).toEqual(Object.fromEntries(names.map((name, at) => [name, at])));
});

it("gives the columns of a row by name, in whatever order they are asked for", () => {
  fc.assert(
    fc.property(rows, (row) => {
      const kept = new PackedRows<Row>(columns);
      kept.put(3, row);
      const packed = kept.row(3);
      expect(packed).toBeInstanceOf(PackedRow);
      for (const name of Object.keys(columns).reverse()) expect(Reflect.get(packed, name)).toEqual(Reflect.get(row, name));
    }),
  );
});

it("takes in what a checkpoint holds without reading it, and gives it as it came", () => {
  fc.assert(
    fc.property(rows, rows, (first, second) => {
      const reader = new RowDecoder(Uint8Array.from([...encoded(first), ...encoded(second)]));
      const kept = new PackedRows<Row>(columns);
      kept.read(0, reader);
      kept.read(1, reader);
      expect([plainRow(kept.row(0)), plainRow(kept.row(1))]).toEqual([first, second]);
      expect([storedOf(kept, 0), storedOf(kept, 1)]).toEqual([encoded(first), encoded(second)]);
    }),
  );
});

it("compares two rows by content as rows that are objects compare, packed or in the lanes", () => {
  const order = rowOrder<Row>(columns);
  fc.assert(
    fc.property(rows, fc.subarray(Object.keys(columns)), rows, fc.boolean(), (left, changed, other, inChunk) => {
      const right = { ...left, ...Object.fromEntries(Object.entries(other).filter(([name]) => changed.includes(name))) };
      const kept = new PackedRows<Row>(columns);
      kept.put(0, left);
      kept.put(1, right);
      kept.from(lanesOf([left, right], inChunk));
      const sign = Math.sign(order(left, right));
      expect(Math.sign(comparePacked(kept.row(0), kept.row(1)))).toBe(sign);
      expect(Math.sign(kept.compareOfLanes(0, 1))).toBe(sign);
    }),
  );
});

it("writes a row as JSON from its bytes as an encoder writes the object", () => {
  fc.assert(
    fc.property(rows, (row) => {
      const kept = new PackedRows<Row>(columns);
      kept.put(0, row);
      const out = new JsonWriter();
      expect(writePacked(kept.row(0) as object, out)).toBe(true);
      const plain = new JsonWriter();
      plain.raw('{"name":');
      plain.text(row.name);
      plain.raw(',"note":');
      plain.text(row.note);
      plain.raw(',"count":');
      plain.int(row.count);
      plain.raw(',"time":');
      plain.timestamp(row.time);
      plain.raw(',"amount":');
      plain.long(row.amount);
      plain.raw(',"wide":');
      plain.long(row.wide);
      plain.raw(',"price":');
      plain.decimal(row.price, 2);
      plain.raw(',"share":');
      plain.double(row.share);
      plain.raw(',"rate":');
      plain.float(row.rate);
      plain.raw(',"flag":');
      plain.boolean(row.flag);
      plain.raw(',"mark":');
      plain.boolean(row.mark);
      plain.raw(',"day":');
      plain.date(row.day);
      plain.raw(',"wait":');
      plain.duration(row.wait);
      plain.raw(',"bytes":');
      plain.binary(row.bytes);
      plain.raw("}");
      expect(Buffer.from(out.view()).toString("utf8")).toBe(Buffer.from(plain.view()).toString("utf8"));
    }),
  );
});

it("leaves rows that are objects to the encoder", () => {
  const out = new JsonWriter();
  expect(writePacked({ name: "a" }, out)).toBe(false);
  expect(out.length).toBe(0);
});

it("keeps what is there while rows are replaced, moved and taken away, and gives memory back", () => {
  const kept = new PackedRows<{ readonly text: string }>({ text: "string" });
  const expected = new Map<number, string>();
  const random = (limit: number, step: number): number => (step * 7919 + ((step * step) % 104_729)) % limit;
  for (let step = 0; step < 60_000; step++) {
    const at = random(3000, step);
    if (step % 7 === 0 && expected.has(at)) {
      kept.remove(at);
      expected.delete(at);
    } else {
      const text = `${step}:`.padEnd(20 + random(400, step), "x");
      kept.put(at, { text });
      expected.set(at, text);
    }
  }
  const [last] = [...expected.keys()].slice(-1);
  if (last !== undefined) {
    kept.move(5000, last);
    expected.set(5000, expected.get(last) ?? "");
    expected.delete(last);
  }
  for (let at = 0; at <= 5000; at++) {
    expect(kept.has(at)).toBe(expected.has(at));
    if (kept.has(at)) expect(kept.row(at).text).toBe(expected.get(at));
  }
  // 3000 rows of 220 bytes at most, and as much again.
  expect(kept.memoryBytes).toBeLessThan(3 * 1024 * 1024);
});

it("a row that was taken stays what it was when another takes its place", () => {
  const kept = new PackedRows<{ readonly text: string }>({ text: "string" });
  kept.put(0, { text: "before" });
  const before = kept.row(0);
  for (let turn = 0; turn < 40_000; turn++) kept.put(0, { text: `turn ${turn}`.padEnd(60) });
  expect(before.text).toBe("before");
});

it("keeps a row that is larger than a block", () => {
  const kept = new PackedRows<{ readonly text: string }>({ text: "string" });
  const large = "é".repeat(400_000);
  kept.put(0, { text: "small" });
  kept.put(1, { text: large });
  kept.put(2, { text: "small too" });
  expect([kept.row(0).text, kept.row(1).text === large, kept.row(2).text]).toEqual(["small", true, "small too"]);
});

it("packs rows of one field a column only", () => {
  expect(() => new PackedRows({ a: "string", b: { array: "int" } })).toThrow("not packed");
});

it("has a column called __proto__ and one called constructor as any other", () => {
  const kept = new PackedRows<{ readonly constructor: string }>(Object.fromEntries([["__proto__", "int"], ["constructor", "string"]]));
  kept.put(0, Object.fromEntries([["__proto__", 7], ["constructor", "x"]]) as never);
  expect(Object.entries(plainRow(kept.row(0)))).toEqual([["__proto__", 7], ["constructor", "x"]]);
  expect(kept.row(0).constructor).toBe("x");
});
