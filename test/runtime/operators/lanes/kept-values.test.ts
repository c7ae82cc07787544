import fc from "fast-check";
import { expect, it } from "vitest";
import {
  approxCount, approxPercentile, bitsOfInts, bitsOfLongs, collectList, collectSet, count, distinct, distinctCounts, firstValue, joinedText, type Lane, lastValue, maxBy, minBy, moments, mostFrequent,
  nullOnOverflow, percentile, regression, sumLong, variance,
} from "../../../../runtime/operators/lanes/index.ts";
import { RowDecoder } from "../../../../runtime/state/row-decoder.ts";
import { RowEncoder } from "../../../../runtime/state/row-encoder.ts";

/** A lane, how a tuple of values is added, and its results. */
interface Probe {
  readonly lane: Lane;
  add(slot: number, values: readonly unknown[]): void;
  results(slot: number): unknown;
}

function probe<L extends Lane & { add(slot: number, ...values: never[]): void }>(lane: L, results: (lane: L, slot: number) => unknown): Probe {
  lane.ensure(4);
  const add = lane.add.bind(lane) as (slot: number, ...values: readonly unknown[]) => void;
  return { lane, add: (slot, values) => { add(slot, ...values); }, results: (slot) => results(lane, slot) };
}

const get = (lane: Lane & { get(slot: number): unknown }, slot: number): unknown => lane.get(slot);
const inner = (lane: { readonly inner: { get(slot: number): unknown } }, slot: number): unknown => lane.inner.get(slot);
const counts = (width: number) => (lane: { get(slot: number, at: number): number }, slot: number): unknown => Array.from({ length: width }, (_, at) => lane.get(slot, at));
const small = fc.integer({ min: -20, max: 20 });
const long = fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n }).map((value) => (value <= 9007199254740991n && value >= -9007199254740991n ? Number(value) : value));
const text = fc.string({ unit: "binary", maxLength: 20 });
const maybe = <T>(values: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(values);
const record = fc.record({ a: maybe(small), b: fc.array(text, { maxLength: 2 }) });

const cases: readonly (readonly [name: string, make: () => Probe, values: fc.Arbitrary<readonly unknown[]>])[] = [
  ["first of numbers", () => probe(firstValue("double"), get), fc.tuple(maybe(fc.double()))],
  ["last of texts", () => probe(lastValue("string"), get), fc.tuple(maybe(text))],
  ["last of records", () => probe(lastValue({ record: [["a", "int?"], ["b", { array: "string" }]] }), get), fc.tuple(maybe(record))],
  ["min_by", () => probe(minBy("string", "int"), get), fc.tuple(maybe(text), small)],
  ["max_by over doubles", () => probe(maxBy("long", "double"), get), fc.tuple(maybe(long), fc.double())],
  ["bits of ints", () => probe(bitsOfInts("xor"), get), fc.tuple(fc.integer())],
  ["bits of longs", () => probe(bitsOfLongs("and"), get), fc.tuple(long)],
  ["a list", () => probe(collectList("decimal(20,2)"), get), fc.tuple(long)],
  ["a set", () => probe(collectSet({ record: [["a", "int?"], ["b", { array: "string" }]] }), get), fc.tuple(record)],
  ["joined texts", () => probe(joinedText(", "), get), fc.tuple(text)],
  ["distinct count", () => probe(distinct(count(), "int", "string"), inner), fc.tuple(small, text)],
  ["distinct sum", () => probe(distinct(sumLong(), "long"), inner), fc.tuple(small)],
  ["distinct list with nulls", () => probe(distinct(lastValue("string"), "string?"), inner), fc.tuple(maybe(text))],
  ["distinct counts", () => probe(distinctCounts(3, "long"), counts(3)), fc.tuple(fc.integer({ min: 0, max: 7 }), fc.oneof(long, small))],
  ["distinct counts of doubles", () => probe(distinctCounts(31, "double"), counts(31)), fc.tuple(fc.integer({ min: 0, max: 2 ** 31 - 1 }), fc.oneof(fc.double(), fc.constantFrom(0, -0, NaN, 0.5)))],
  ["distinct counts of records", () => probe(distinctCounts(2, { record: [["a", "int?"], ["b", { array: "string" }]] }), counts(2)), fc.tuple(fc.integer({ min: 0, max: 3 }), record)],
  ["the most frequent", () => probe(mostFrequent("int"), get), fc.tuple(small)],
  ["the most frequent text", () => probe(mostFrequent("string", true), get), fc.tuple(fc.constantFrom("a", "b", "é"))],
  ["a sum that may overflow", () => probe(nullOnOverflow(sumLong()), get), fc.tuple(small)],
  ["percentiles", () => probe(percentile(), (lane, slot) => [lane.at(slot, 0.3), lane.allAt(slot, [0, 0.5, 1]), lane.discreteAt(slot, 0.7)]), fc.tuple(fc.double())],
  ["approximate percentiles", () => probe(approxPercentile(10_000, "double"), (lane, slot) => lane.allAt(slot, [0, 0.2, 0.5, 1])), fc.tuple(fc.double({ noNaN: true }))],
  ["about how many", () => probe(approxCount(9, "string"), get), fc.tuple(text)],
];

it.each(cases)("%s: the same result from one table and from two that are merged", (_name, make, values) => {
  fc.assert(
    fc.property(fc.array(values), fc.array(values), (first, second) => {
      const [together, left, right] = [make(), make(), make()];
      for (const value of [...first, ...second]) together.add(1, value);
      for (const value of first) left.add(0, value);
      for (const value of second) right.add(2, value);
      left.lane.merge(0, right.lane, 2);
      expect(left.results(0)).toEqual(together.results(1));
    }),
    { numRuns: 60 },
  );
});

it.each([
  ["variance", () => probe(variance(), (lane, slot) => [lane.variancePop(slot), lane.varianceSamp(slot), lane.stddevPop(slot)]), fc.tuple(small)],
  ["moments", () => probe(moments(), (lane, slot) => [lane.skewness(slot), lane.kurtosis(slot)]), fc.tuple(small)],
  ["regression", () => probe(regression(), (lane, slot) => [lane.covarPop(slot), lane.covarSamp(slot), lane.sxx(slot), lane.syy(slot)]), fc.tuple(small, small)],
] as const)("%s: nearly the same result from one table and from two that are merged", (_name, make, values) => {
  const figures = (probed: Probe, slot: number): readonly unknown[] => probed.results(slot) as readonly unknown[];
  fc.assert(
    fc.property(fc.array<readonly number[]>(values), fc.array<readonly number[]>(values), (first, second) => {
      // Where all values are equal, rounding decides whether they vary at all.
      fc.pre(new Set([...first, ...second].map(String)).size !== 1);
      const [together, left, right] = [make(), make(), make()];
      for (const value of [...first, ...second]) together.add(1, value);
      for (const value of first) left.add(0, value);
      for (const value of second) right.add(2, value);
      left.lane.merge(0, right.lane, 2);
      const expected = figures(together, 1);
      figures(left, 0).forEach((figure, at) => {
        if (figure === null) expect(expected[at]).toBeNull();
        else expect(figure).toBeCloseTo(Number(expected[at]), 6);
      });
    }),
    { numRuns: 60 },
  );
});

it.each(cases)("%s: reads back what it wrote, into a slot that held something, and is empty after a reset", (_name, make, values) => {
  fc.assert(
    fc.property(fc.array(values), fc.array(values), (stored, before) => {
      const [own, other, fresh] = [make(), make(), make()];
      for (const value of stored) own.add(3, value);
      for (const value of before) other.add(0, value);
      const row = new RowEncoder();
      own.lane.write(3, row);
      other.lane.read(0, new RowDecoder(row.take()));
      expect(other.results(0)).toEqual(own.results(3));
      other.lane.ensure(100);
      expect(other.results(0)).toEqual(own.results(3));
      other.lane.reset(0);
      expect([other.results(0), other.results(99)]).toEqual([fresh.results(0), fresh.results(1)]);
    }),
    { numRuns: 40 },
  );
});

it("stays null once a sum has left its type", () => {
  const lane = nullOnOverflow(sumLong());
  lane.ensure(2);
  for (const value of [2n ** 63n - 1n, 1, -1]) lane.add(0, value);
  lane.add(1, 5);
  lane.merge(1, lane, 0);
  expect([lane.get(0), lane.get(1)]).toEqual([null, null]);
});

it("counts within a few percent what a table of many registers saw", () => {
  const lane = approxCount(14, "long");
  for (let value = 0; value < 50_000; value++) lane.add(0, value * 7);
  expect(Math.abs(lane.get(0) - 50_000)).toBeLessThan(1500);
});

it("keeps the ranks of many values within 1 / accuracy, however they are split", () => {
  const lane = approxPercentile(100, "int");
  const size = 120_000;
  for (let at = 0; at < size; at++) lane.add(at % 3, (at * 7919) % size);
  lane.merge(0, lane, 1);
  lane.merge(0, lane, 2);
  for (const percentage of [0.1, 0.5, 0.93]) expect(Math.abs(Number(lane.at(0, percentage)) - percentage * size)).toBeLessThanOrEqual((2 * size) / 100);
});

it("tells −0 from 0 in percentiles, and takes them for one value in sets", () => {
  const percentiles = percentile();
  const set = collectSet("double");
  for (const value of [0, -0]) {
    percentiles.add(0, value);
    set.add(0, value);
  }
  expect([percentiles.at(0, 0), percentiles.at(0, 1), set.get(0)]).toEqual([-0, 0, [0]]);
});
