import { expect, test } from "vitest";
import { pageValues, type PageValues } from "../../../../runtime/formats/parquet/page-values.ts";

const varint = (value: number): number[] => (value < 128 ? [value] : [(value % 128) | 128, ...varint(Math.floor(value / 128))]);

/** Numbers that grow by `step` from `first` on: blocks of 128 in four parts of no bits each. */
function deltas(count: number, first: number, step: number): number[] {
  const blocks = Math.ceil((count - 1) / 128);
  return [...varint(128), 4, ...varint(count), ...varint(first * 2), ...Array.from({ length: blocks }, () => [...varint(step * 2), 0, 0, 0, 0]).flat()];
}

function opened(bytes: readonly number[], encoding: string, type: "INT32" | "INT64" | "BYTE_ARRAY" | "BOOLEAN" | "FLOAT", most = 2 ** 31): PageValues {
  const values = pageValues(Uint8Array.from(bytes), 0, most, encoding, { type });
  return typeof values === "object" ? values : expect.unreachable(String(values));
}

const texts = (values: ArrayLike<unknown>): readonly string[] => Array.from(values, (value) => (value instanceof Uint8Array ? Buffer.from(value).toString() : expect.unreachable()));

test("values come in parts, in every encoding", () => {
  const numbers = opened(deltas(300, 7, 2), "DELTA_BINARY_PACKED", "INT32");
  expect(Array.from(numbers.next(2))).toEqual([7, 9]);
  expect(Array.from(numbers.next(298)).at(-1)).toBe(7 + 2 * 299);
  expect(() => numbers.next(1)).toThrow("fewer values");
  expect(Array.from(opened(deltas(3, 1, 1), "DELTA_BINARY_PACKED", "INT64").next(3))).toEqual([1n, 2n, 3n]);
  const lengths = opened([...deltas(3, 1, 1), ...Buffer.from("abbccc")], "DELTA_LENGTH_BYTE_ARRAY", "BYTE_ARRAY");
  expect([texts(lengths.next(1)), texts(lengths.next(2))]).toEqual([["a"], ["bb", "ccc"]]);
  const prefixed = opened([...deltas(3, 0, 1), ...deltas(3, 1, 0), ...Buffer.from("abc")], "DELTA_BYTE_ARRAY", "BYTE_ARRAY");
  expect([texts(prefixed.next(2)), texts(prefixed.next(1))]).toEqual([["a", "ab"], ["abc"]]);
  const booleans = opened([0b1010_0110, 1], "PLAIN", "BOOLEAN");
  expect([booleans.next(3), booleans.next(6)]).toEqual([[false, true, true], [false, false, true, false, true, true]]);
  expect(() => booleans.next(8)).toThrow("fewer values");
  expect(opened([2, 0, 0, 0, 2 * 9, 1], "RLE", "BOOLEAN").next(9)).toEqual(new Array(9).fill(true));
  const floats = opened([0, 0, 0, 0, 0x80, 0, 0x3f, 0xc0], "BYTE_STREAM_SPLIT", "FLOAT");
  expect([Array.from(floats.next(1)), Array.from(floats.next(1))]).toEqual([[1], [-2]]);
});

test("a page of a few bytes that says it has more than is held at a time is refused", () => {
  const few = [...varint(128), 4, ...varint(100_000_000), 0];
  for (const encoding of ["DELTA_BINARY_PACKED", "DELTA_LENGTH_BYTE_ARRAY", "DELTA_BYTE_ARRAY"]) expect(pageValues(Uint8Array.from(few), 0, 2 ** 31, encoding, { type: "BYTE_ARRAY" })).toBe("too many");
  // Each value has all of the one before it, and a letter more.
  const count = 30_000;
  const page = Uint8Array.from([...deltas(count, 0, 1), ...deltas(count, 1, 0), ...new Array<number>(count).fill(97)]);
  expect(pageValues(page, 0, count, "DELTA_BYTE_ARRAY", { type: "BYTE_ARRAY" })).toBe("too many");
  expect(() => opened([...deltas(2, 0, 1), ...deltas(2, 0, 0)], "DELTA_BYTE_ARRAY", "BYTE_ARRAY").next(2)).toThrow("outside its page");
});
