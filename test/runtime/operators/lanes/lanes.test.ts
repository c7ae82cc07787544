import fc from "fast-check";
import { expect, it } from "vitest";
import {
  averageDecimal, averageDouble, count, type Lane, maxBoolean, maxDouble, maxLong, maxNumber, maxText, maxValue, minDecimal, minDouble, minLong, minNumber, minText, minValue, sumDecimal,
  sumDouble, sumLong,
} from "../../../../runtime/operators/lanes/index.ts";
import { RowDecoder } from "../../../../runtime/state/row-decoder.ts";
import { RowEncoder } from "../../../../runtime/state/row-encoder.ts";

interface Adding extends Lane {
  add(slot: number, value?: unknown): void;
  get(slot: number): unknown;
}

const long = fc.bigInt({ min: -(2n ** 55n), max: 2n ** 55n }).map((value) => (value <= 9007199254740991n && value >= -9007199254740991n ? Number(value) : value));
const whole = fc.integer();
const cases: readonly (readonly [name: string, make: () => unknown, values: fc.Arbitrary<unknown>])[] = [
  ["count", count, whole],
  ["sumLong", sumLong, long],
  ["sumDouble", sumDouble, whole],
  ["sumDecimal", () => sumDecimal(30, 2), long],
  ["averageDouble", averageDouble, whole],
  ["averageDecimal", () => averageDecimal(20, 2, 24, 6), long],
  ["minNumber", minNumber, whole],
  ["maxNumber", maxNumber, whole],
  ["minLong", minLong, long],
  ["maxLong", maxLong, long],
  ["minDecimal", () => minDecimal(20, 2), long],
  ["minDouble", minDouble, fc.double()],
  ["maxDouble", maxDouble, fc.double()],
  ["minText", minText, fc.string({ unit: "binary" })],
  ["maxText", maxText, fc.string({ unit: "binary" })],
  ["maxBoolean", maxBoolean, fc.boolean()],
  ["minValue", () => minValue({ record: [["a", "int?"], ["b", { array: "string" }]] }), fc.record({ a: fc.option(fc.integer()), b: fc.array(fc.string()) })],
  ["maxValue", () => maxValue({ array: "long" }), fc.array(long)],
];

function laneOf(make: () => unknown): Adding {
  const lane = make() as Adding;
  lane.ensure(4);
  return lane;
}

it.each(cases)("%s gives the same result from one table and from two that are merged", (_name, make, values) => {
  fc.assert(
    fc.property(fc.array(values), fc.array(values), (first, second) => {
      const [together, left, right] = [laneOf(make), laneOf(make), laneOf(make)];
      for (const value of [...first, ...second]) together.add(1, value);
      for (const value of first) left.add(0, value);
      for (const value of second) right.add(2, value);
      left.merge(0, right, 2);
      expect(left.get(0)).toEqual(together.get(1));
    }),
    { numRuns: 60 },
  );
});

it.each(cases)("%s reads back what it wrote, into a slot that held something", (_name, make, values) => {
  fc.assert(
    fc.property(fc.array(values), fc.array(values), (stored, before) => {
      const [lane, other] = [laneOf(make), laneOf(make)];
      for (const value of stored) lane.add(3, value);
      for (const value of before) other.add(0, value);
      const row = new RowEncoder();
      lane.write(3, row);
      other.read(0, new RowDecoder(row.take()));
      expect(other.get(0)).toEqual(lane.get(3));
    }),
    { numRuns: 60 },
  );
});

it.each(cases)("%s is empty after a reset, and grows without losing a slot", (_name, make, values) => {
  fc.assert(
    fc.property(fc.array(values, { minLength: 1 }), (added) => {
      const [lane, fresh] = [laneOf(make), laneOf(make)];
      for (const value of added) lane.add(0, value);
      const before = lane.get(0);
      lane.ensure(100);
      expect(lane.get(0)).toEqual(before);
      expect(lane.get(99)).toEqual(fresh.get(0));
      lane.reset(0);
      expect(lane.get(0)).toEqual(fresh.get(0));
    }),
    { numRuns: 30 },
  );
});

it("keeps a sum of nothing apart from a sum of zeros", () => {
  const lane = sumDouble();
  lane.ensure(2);
  lane.add(0, -0);
  expect([lane.get(0), lane.get(1)]).toEqual([0, null]);
});

it("fails where a sum leaves 64 bits", () => {
  const lane = sumLong();
  lane.ensure(1);
  lane.add(0, 2n ** 63n - 1n);
  expect(() => { lane.add(0, 1); }).toThrow("does not fit");
});
