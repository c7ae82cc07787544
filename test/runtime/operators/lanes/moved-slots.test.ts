import fc from "fast-check";
import { expect, it } from "vitest";
import {
  approxCount, approxPercentile, averageDecimal, averageDouble, bitsOfLongs, collectList, collectSet, count, distinct, distinctCounts, firstValue, joinedText, type Lane, lastValue, maxBy, maxDouble, maxLong,
  maxNumber, maxText, minNumber, moments, mostFrequent, nullOnOverflow, percentile, regression, sumDecimal, sumDouble, sumLong, userAggregate, variance,
} from "../../../../runtime/operators/lanes/index.ts";
import { RowEncoder } from "../../../../runtime/state/row-encoder.ts";

const long = fc.bigInt({ min: -(2n ** 55n), max: 2n ** 55n }).map((value) => (value <= 9007199254740991n && value >= -9007199254740991n ? Number(value) : value));
const large = fc.oneof(long, fc.constant(2n ** 62n));
const text = fc.option(fc.string({ unit: "binary", maxLength: 8 }), { freq: 5 });

const cases: readonly (readonly [name: string, make: () => Lane, values: fc.Arbitrary<readonly unknown[]>])[] = [
  ["count", count, fc.tuple()],
  ["sumLong", sumLong, fc.tuple(long)],
  ["sumDecimal", () => sumDecimal(38, 2), fc.tuple(large)],
  ["sumDouble", sumDouble, fc.tuple(fc.double())],
  ["averageDouble", averageDouble, fc.tuple(fc.double())],
  ["averageDecimal", () => averageDecimal(20, 2, 24, 6), fc.tuple(long)],
  ["nullOnOverflow", () => nullOnOverflow(sumLong()), fc.tuple(large)],
  ["minNumber", minNumber, fc.tuple(fc.integer())],
  ["maxNumber", maxNumber, fc.tuple(fc.integer())],
  ["maxLong", maxLong, fc.tuple(large)],
  ["maxDouble", maxDouble, fc.tuple(fc.double())],
  ["maxText", maxText, fc.tuple(fc.string())],
  ["maxBy", () => maxBy("string", "double"), fc.tuple(text, fc.double())],
  ["firstValue", () => firstValue("string"), fc.tuple(text)],
  ["lastValue", () => lastValue("double"), fc.tuple(fc.option(fc.double()))],
  ["bits", () => bitsOfLongs("xor"), fc.tuple(large)],
  ["collectList", () => collectList("string"), fc.tuple(fc.string())],
  ["collectSet", () => collectSet({ record: [["a", "int"]] }), fc.tuple(fc.record({ a: fc.integer() }))],
  ["joinedText", () => joinedText(","), fc.tuple(fc.string())],
  ["distinct", () => distinct(collectList("long"), "long"), fc.tuple(long)],
  ["distinctCounts", () => distinctCounts(3, "long"), fc.tuple(fc.integer({ min: 0, max: 7 }), fc.oneof(long, fc.integer({ min: 0, max: 4 })))],
  ["distinctCounts of texts", () => distinctCounts(2, "string"), fc.tuple(fc.integer({ min: 0, max: 3 }), fc.string({ maxLength: 1 }))],
  ["mostFrequent", () => mostFrequent("int"), fc.tuple(fc.integer({ min: 0, max: 4 }))],
  ["variance", variance, fc.tuple(fc.double())],
  ["moments", moments, fc.tuple(fc.double())],
  ["regression", regression, fc.tuple(fc.double(), fc.double())],
  ["percentile", percentile, fc.tuple(fc.double())],
  ["approxPercentile", () => approxPercentile(100, "double"), fc.tuple(fc.double({ noNaN: true }))],
  ["approxCount", () => approxCount(6, "int"), fc.tuple(fc.integer())],
  ["userAggregate", () => userAggregate(texts, { name: "texts", state: { array: "string" } }), fc.tuple(fc.string())],
];

const texts = {
  init: (): string[] => [],
  add(state: string[], text: string) {
    state.push(text);
    return state;
  },
  merge: (a: string[], b: string[]) => [...a, ...b],
  result: (state: string[]) => state.join(),
};

function laneOf(make: () => Lane): Lane & { add(slot: number, ...values: readonly unknown[]): void } {
  const lane = make() as Lane & { add(slot: number, ...values: readonly unknown[]): void };
  lane.ensure(4);
  return lane;
}

function written(lane: Lane, slot: number): string {
  const row = new RowEncoder();
  lane.write(slot, row);
  return Buffer.from(row.take()).toString("hex");
}

it.each(cases)("%s: a slot that is moved is written as before, goes on as before, and leaves an empty one", (_name, make, values) => {
  fc.assert(
    fc.property(fc.array(values), fc.array(values, { maxLength: 3 }), fc.boolean(), (before, after, wasUsed) => {
      const [lane, still] = [laneOf(make), laneOf(make)];
      if (wasUsed) {
        for (const value of after) lane.add(1, ...value);
        lane.reset(1);
      }
      for (const value of before) for (const each of [lane, still]) each.add(3, ...value);
      const bytes = written(lane, 3);
      lane.move(1, 3);
      expect(written(lane, 1)).toBe(bytes);
      expect(written(lane, 3)).toBe(written(laneOf(make), 3));
      for (const value of after) {
        lane.add(1, ...value);
        still.add(3, ...value);
      }
      expect(written(lane, 1)).toBe(written(still, 3));
    }),
    { numRuns: 40 },
  );
});
