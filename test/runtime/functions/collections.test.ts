import fc from "fast-check";
import { expect, it } from "vitest";
import * as collections from "../../../runtime/functions/collections/index.ts";
import { valueOrder } from "../../../runtime/functions/compare-values.ts";

const pairs = valueOrder({ record: [["a", "int?"], ["b", "string"]], nullable: true });
const numbers = fc.array(fc.option(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(NaN, -0, 0.5))));

it("finds by value: NaN is itself, −0.0 is 0.0, null is no value", () => {
  expect(collections.arrayContains([NaN, null], NaN)).toBe(true);
  expect(collections.arrayContains([0, null], -0)).toBe(true);
  expect(collections.arrayContains([1, null], 2)).toBeNull();
  expect(collections.holdsItem([{ a: null, b: "x" }], { a: null, b: "x" }, pairs)).toBe(true);
  expect(collections.positionIn([1, NaN], NaN)).toBe(2);
  expect(collections.positionIn<number | bigint>([2n ** 60n], 2n ** 60n)).toBe(1);
  expect(collections.removeItem([1, NaN, null], NaN)).toEqual([1, null]);
});

it("treats arrays as sets alike, whether their items are scalars or compared by content", () => {
  const boxed = (items: readonly (number | null)[]): { readonly a: number | null; readonly b: string }[] => items.map((a) => ({ a, b: "" }));
  const order = valueOrder({ record: [["a", "double?"], ["b", "string"]], nullable: true });
  fc.assert(
    fc.property(numbers, numbers, (left, right) => {
      for (const name of ["unionOfArrays", "intersectionOfArrays", "differenceOfArrays"] as const) {
        const values = collections[name](left, right).map((item) => (item === null ? null : item + 0));
        expect(collections[name](boxed(left), boxed(right), order).map(({ a }) => (a === null ? null : a + 0))).toEqual(values);
      }
    }),
  );
});

it("overlaps: null where a null might be the item in common", () => {
  expect(collections.arraysOverlap([1, null], [2])).toBeNull();
  expect(collections.arraysOverlap([null], [])).toBe(false);
  expect(collections.arraysOverlap([1, null], [1])).toBe(true);
});

it("inserts at positions from either end, nulls between", () => {
  const insert = (position: number): readonly (number | null)[] => collections.insertItem([1, 2], position, 9);
  expect([1, 3, 5].map(insert)).toEqual([[9, 1, 2], [1, 2, 9], [1, 2, null, null, 9]]);
  expect([-1, -3, -4].map(insert)).toEqual([[1, 2, 9], [9, 1, 2], [9, null, 1, 2]]);
  expect(() => insert(0)).toThrow("counts from 1");
  expect(collections.insertItem(null, 1, 1)).toBeNull();
});

it("sorts with nulls where each of the two functions has them", () => {
  const order = valueOrder("double?");
  expect(collections.sortItems([2, null, NaN, 1], order)).toEqual([null, 1, 2, NaN]);
  expect(collections.sortItems([2, null, NaN, 1], order, false)).toEqual([NaN, 2, 1, null]);
  expect(collections.sortItemsNullsLast([2, null, NaN, 1], order)).toEqual([1, 2, NaN, null]);
  expect(collections.largestItem([null, 1, NaN], order)).toBeNaN();
  expect(collections.smallestItem([null], order)).toBeNull();
});

it("makes sequences of longs beyond what a number holds, and refuses those that lead nowhere", () => {
  expect(collections.sequenceOfLongs(2n ** 53n - 1n, 2n ** 53n + 1n)).toEqual([2 ** 53 - 1, 2n ** 53n, 2n ** 53n + 1n]);
  expect(collections.sequenceOf(5, 1, -2)).toEqual([5, 3, 1]);
  expect(() => collections.sequenceOf(1, 5, -1)).toThrow("no sequence leads from 1 to 5 by -1");
  expect(() => collections.sequenceOf(1, 2 ** 31 - 1)).toThrow("are the most");
  expect(() => collections.sequenceOfDates(0, 10, 3600_000_000)).toThrow("whole days");
});

it("refuses keys of maps that are null or come twice", () => {
  expect(() => collections.mapOf([[0, 1], [-0, 2]])).toThrow("the key 0 comes twice");
  expect(() => collections.mapFromArrays(["a", null], [1, 2])).toThrow("null");
  expect(() => collections.mapFromArrays(["a"], [1, 2])).toThrow("as many");
  expect(() => collections.joinMaps(new Map([["a", 1]]), new Map([["a", 2]]))).toThrow('the key "a" comes twice');
  expect(collections.mapFromEntries([{ a: 1, b: "x" }, null], (entry) => [entry.a, entry.b])).toBeNull();
});

it.each([
  ["$", []], ["$.a", ["a"]], [" $ . a [ 0 ]", ["a ", 0]], ["$['a b'].c[*]", ["a b", "c", "*"]], ["$.*", [".*"]], ["$['*']", [".*"]],
  ["a", null], ["$..a", null], ["$.a.", null], ["$[x]", null], ["$['a]", null], ["", null],
] as const)("reads the path %s", (text, steps) => {
  const path = collections.jsonPath(text);
  const written = path?.map((step) => (step.kind === "name" ? step.name : step.kind === "index" ? step.index : step.kind === "every" ? "*" : ".*"));
  expect(written ?? null).toEqual(steps);
});

it.each([
  ['{"a":[[1,2],[3]]}', "$.a[*][*]", "[1,2,3]"],
  ['{"a":[{"b":[1]},{"b":[2,3]}]}', "$.a[*].b", "[[1],[2,3]]"],
  ['{"a":[{"b":[1,2]}]}', "$.a[*].b[*]", "[1,2]"],
  ['{"a":[{"b":1},{"c":2}]}', "$.a[*].b", "1"],
  ['[["x"]]', "$[0][*]", '["x"]'],
  ['{"a":"x"', "$.a", null],
  ['{"a":"x\ny"}', "$.a", "x\ny"],
  ["[null]", "$[0]", "null"],
  ['{"a":null,"a":2}', "$.a", "2"],
] as const)("takes from %s by %s what Spark takes", (text, path, found) => {
  expect(collections.getJsonObject(text, collections.jsonPath(path))).toBe(found);
});
