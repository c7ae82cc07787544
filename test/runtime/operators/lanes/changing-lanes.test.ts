import fc from "fast-check";
import { expect, it } from "vitest";
import type { Weight } from "../../../../runtime/changelog/change.ts";
import {
  averageDecimal, averageDouble, averageDuration, bitsOfLongs, changingAverageDecimal, changingAverageDouble, changingAverageDuration, changingNullOnOverflow, changingSumDecimal, changingSumDouble,
  changingSumLong, collectList, collectSet, count, distinct, firstValue, joinedText, type Lane, lastValue, maxBoolean, maxBy, maxDouble, maxLong, maxNumber, maxText, maxValue, minBy, minNumber, minText,
  mostFrequent, percentile, retractable, retractableDistinct, sumDecimal, sumDouble, sumLong, variance,
} from "../../../../runtime/operators/lanes/index.ts";
import { RowDecoder } from "../../../../runtime/state/row-decoder.ts";
import { RowEncoder } from "../../../../runtime/state/row-encoder.ts";

interface Adding extends Lane {
  add(slot: number, ...values: readonly unknown[]): void;
  get(slot: number): unknown;
}

interface Changing extends Lane {
  change(slot: number, weight: Weight, ...values: readonly unknown[]): void;
  get?(slot: number): unknown;
  settled?(slot: number): Adding;
}

interface Case {
  readonly name: string;
  readonly changing: () => unknown;
  readonly plain: () => unknown;
  readonly values: fc.Arbitrary<readonly unknown[]>;
  /** What of the remaining values the plain lane is given. */
  readonly given?: (remaining: readonly (readonly unknown[])[]) => readonly (readonly unknown[])[];
}

const small = fc.integer({ min: -3, max: 3 });
const long = fc.oneof(small, fc.bigInt({ min: -(2n ** 55n), max: 2n ** 55n }).map((value) => (value <= 9007199254740991n && value >= -9007199254740991n ? Number(value) : value)));
const text = fc.constantFrom("a", "b", "cc", "");
/** Doubles whose sums are exact in any order. */
const eighths = fc.integer({ min: -4000, max: 4000 }).map((value) => value / 8);

/** As a lane that is filled anew is given them: value by value in the order in which they came first. */
function inOrderOfFirst(remaining: readonly (readonly unknown[])[]): readonly (readonly unknown[])[] {
  const byValue = new Map<string, (readonly unknown[])[]>();
  for (const value of remaining) {
    const name = textOf(value);
    byValue.set(name, [...(byValue.get(name) ?? []), value]);
  }
  return [...byValue.values()].flat();
}


function firstOfEach(remaining: readonly (readonly unknown[])[]): readonly (readonly unknown[])[] {
  const seen = new Set<string>();
  return remaining.filter((value) => !seen.has(textOf(value)) && seen.add(textOf(value)));
}

function textOf(value: readonly unknown[]): string {
  return JSON.stringify(value, (_key, item: unknown) => (typeof item === "bigint" ? `${item}n` : Object.is(item, -0) ? 0 : typeof item === "number" && !Number.isFinite(item) ? String(item) : item));
}

const cases: readonly Case[] = [
  { name: "count", changing: count, plain: count, values: fc.tuple() },
  { name: "changingSumLong", changing: changingSumLong, plain: sumLong, values: fc.tuple(long) },
  { name: "changingSumDecimal", changing: () => changingSumDecimal(38, 2), plain: () => sumDecimal(38, 2), values: fc.tuple(long) },
  { name: "changingAverageDecimal", changing: () => changingAverageDecimal(28, 2, 32, 6), plain: () => averageDecimal(28, 2, 32, 6), values: fc.tuple(long) },
  { name: "changingSumDouble", changing: changingSumDouble, plain: sumDouble, values: fc.tuple(eighths) },
  { name: "changingAverageDouble", changing: changingAverageDouble, plain: averageDouble, values: fc.tuple(eighths) },
  { name: "changingAverageDuration", changing: changingAverageDuration, plain: averageDuration, values: fc.tuple(small) },
  { name: "changingNullOnOverflow", changing: () => changingNullOnOverflow(changingSumLong()), plain: sumLong, values: fc.tuple(long) },
  { name: "minNumber", changing: () => retractable(minNumber(), "int"), plain: minNumber, values: fc.tuple(small) },
  { name: "maxNumber", changing: () => retractable(maxNumber(), "int"), plain: maxNumber, values: fc.tuple(small) },
  { name: "maxLong", changing: () => retractable(maxLong(), "long"), plain: maxLong, values: fc.tuple(long) },
  { name: "maxDouble", changing: () => retractable(maxDouble(), "double"), plain: maxDouble, values: fc.tuple(fc.constantFrom(NaN, 0, -0, 1.5, -Infinity)) },
  { name: "minText", changing: () => retractable(minText(), "string"), plain: minText, values: fc.tuple(text) },
  { name: "maxText", changing: () => retractable(maxText(), "string"), plain: maxText, values: fc.tuple(text) },
  { name: "maxBoolean", changing: () => retractable(maxBoolean(), "boolean"), plain: maxBoolean, values: fc.tuple(fc.boolean()) },
  { name: "maxValue", changing: () => retractable(maxValue({ array: "int" }), { array: "int" }), plain: () => maxValue({ array: "int" }), values: fc.tuple(fc.array(small, { maxLength: 2 })) },
  { name: "maxBy", changing: () => retractable(maxBy("string", "int"), "string?", "int"), plain: () => maxBy("string", "int"), values: fc.tuple(fc.option(text), small), given: firstOfEach },
  { name: "minBy", changing: () => retractable(minBy("string", "int"), "string?", "int"), plain: () => minBy("string", "int"), values: fc.tuple(fc.option(text), small), given: firstOfEach },
  { name: "firstValue", changing: () => retractable(firstValue("string"), "string?"), plain: () => firstValue("string"), values: fc.tuple(fc.option(text)), given: inOrderOfFirst },
  { name: "lastValue", changing: () => retractable(lastValue("string"), "string?"), plain: () => lastValue("string"), values: fc.tuple(fc.option(text)), given: inOrderOfFirst },
  { name: "collectList", changing: () => retractable(collectList("string"), "string"), plain: () => collectList("string"), values: fc.tuple(text), given: inOrderOfFirst },
  { name: "collectSet", changing: () => retractable(collectSet({ record: [["a", "int"]] }), { record: [["a", "int"]] }), plain: () => collectSet({ record: [["a", "int"]] }), values: fc.tuple(fc.record({ a: small })), given: inOrderOfFirst },
  { name: "joinedText", changing: () => retractable(joinedText(","), "string"), plain: () => joinedText(","), values: fc.tuple(text), given: inOrderOfFirst },
  { name: "mostFrequent", changing: () => retractable(mostFrequent("int"), "int"), plain: () => mostFrequent("int"), values: fc.tuple(small), given: inOrderOfFirst },
  { name: "percentile", changing: () => retractable(percentile(), "double"), plain: percentile, values: fc.tuple(eighths), given: inOrderOfFirst },
  { name: "variance", changing: () => retractable(variance(), "double"), plain: variance, values: fc.tuple(eighths), given: inOrderOfFirst },
  { name: "bits", changing: () => retractable(bitsOfLongs("and"), "long"), plain: () => bitsOfLongs("and"), values: fc.tuple(long) },
  { name: "sumLong, with what can undo an addition", changing: () => retractable(changingSumLong(), "long"), plain: sumLong, values: fc.tuple(long) },
  { name: "distinct count", changing: () => retractableDistinct(count(), "string", "int"), plain: () => distinct(count(), "string", "int"), values: fc.tuple(text, small) },
  { name: "distinct sumLong", changing: () => retractableDistinct(sumLong(), "int"), plain: () => distinct(sumLong(), "int"), values: fc.tuple(small) },
  { name: "distinct collectList", changing: () => retractableDistinct(collectList("int"), "int"), plain: () => collectList("int"), values: fc.tuple(small), given: firstOfEach },
];

/** Values to add, and which of those that are there is taken back: a share of them. */
const steps = (values: fc.Arbitrary<readonly unknown[]>): fc.Arbitrary<readonly ({ readonly add: readonly unknown[] } | { readonly take: number } | "read" | "restart")[]> =>
  fc.array(fc.oneof({ weight: 5, arbitrary: values.map((add) => ({ add })) }, { weight: 4, arbitrary: fc.nat({ max: 999 }).map((take) => ({ take })) }, fc.constant("read" as const), fc.constant("restart" as const)), { maxLength: 40 });

function made<L extends Lane>(make: () => unknown): L {
  const lane = make() as L;
  lane.ensure(4);
  return lane;
}

function result(lane: Changing | Adding, slot: number): unknown {
  const settled = "settled" in lane ? (lane.settled?.(slot) ?? lane) : lane;
  const from = settled as Adding & { readonly inner?: Adding; at?(slot: number, share: number): unknown };
  const reading = from.inner ?? from;
  // A few lanes have other names for what they give: their written form stands for it.
  return "get" in reading ? normal(reading.get(slot)) : written(reading, slot);
}

function normal(value: unknown): unknown {
  return typeof value === "number" ? value + 0 : value;
}

function written(lane: Lane, slot: number): string {
  const row = new RowEncoder();
  lane.write(slot, row);
  return Buffer.from(row.take()).toString("hex");
}

function reread<L extends Lane>(lane: L, slot: number, make: () => unknown): L {
  const row = new RowEncoder();
  lane.write(slot, row);
  const bytes = row.take();
  const other = made<L>(make);
  other.read(slot, new RowDecoder(bytes));
  expect(written(other, slot)).toBe(Buffer.from(bytes).toString("hex"));
  return other;
}

it.each(cases)("$name: what was added and taken back leaves what the remaining values make", ({ changing, plain, values, given = (remaining) => remaining }) => {
  fc.assert(
    fc.property(steps(values), steps(values), (first, second) => {
      let lane = made<Changing>(changing);
      const kept: (readonly unknown[])[][] = [[], []];
      for (const [slot, all] of [first, second].entries()) {
        const remaining = kept[slot] ?? [];
        for (const step of all) {
          if (step === "read") result(lane, slot);
          else if (step === "restart") lane = slot === 0 ? reread(lane, slot, changing) : lane;
          else if ("add" in step) {
            lane.change(slot, 1, ...step.add);
            remaining.push(step.add);
          } else if (remaining.length > 0) {
            // Of values that are equal the last one is taken: so the order of the first ones stays.
            const name = textOf(remaining[step.take % remaining.length] ?? []);
            const at = remaining.findLastIndex((value) => textOf(value) === name);
            lane.change(slot, -1, ...(remaining[at] ?? []));
            remaining.splice(at, 1);
          }
        }
        const expected = made<Adding>(plain);
        for (const value of given(remaining)) expected.add(slot, ...value);
        expect(result(lane, slot)).toEqual(result(expected, slot));
      }
      // Slots are told apart, and put together they are what all their values make.
      lane.merge(0, lane, 1);
      const together = made<Adding>(plain);
      for (const value of given(kept.flat())) together.add(0, ...value);
      expect(result(lane, 0)).toEqual(result(together, 0));
      const bytes = written(lane, 0);
      lane.reset(2);
      lane.move(2, 0);
      expect(written(lane, 2)).toBe(bytes);
      expect(written(lane, 0)).toBe(written(made(changing), 0));
      expect(result(lane, 2)).toEqual(result(together, 0));
    }),
    { numRuns: 60 },
  );
});

it("sums doubles of any size without rounding, so that nothing of what was taken back stays", () => {
  fc.assert(
    fc.property(fc.array(fc.double()), fc.array(fc.double()), (gone, kept) => {
      const [lane, alone] = [made<Changing & Adding>(changingSumDouble), made<Changing & Adding>(changingSumDouble)];
      for (const value of gone) lane.change(0, 1, value);
      for (const value of kept) for (const each of [lane, alone]) each.change(0, 1, value);
      for (const value of gone) lane.change(0, -1, value);
      expect(lane.get(0)).toEqual(alone.get(0));
      expect(reread(lane, 0, changingSumDouble).get(0)).toEqual(alone.get(0));
    }),
  );
  const lane = made<Changing & Adding>(changingSumDouble);
  for (const value of [1e308, 1e308, 0.1, 5e-324]) lane.change(0, 1, value);
  expect(lane.get(0)).toBe(Infinity);
  lane.change(0, -1, 1e308);
  expect(lane.get(0)).toBe(1e308);
  lane.change(0, -1, 1e308);
  expect(lane.get(0)).toBe(0.1);
  lane.change(0, -1, 0.1);
  expect(lane.get(0)).toBe(5e-324);
});

it("reads a sum that has left its type as an error, and as null where one is asked for, only while it has", () => {
  const most = 9223372036854775807n;
  const [sum, orNull] = [made<Changing & Adding>(changingSumLong), made<Changing & Adding>(() => changingNullOnOverflow(changingSumLong()))];
  for (const lane of [sum, orNull]) for (const value of [most, 5]) lane.change(0, 1, value);
  expect(() => sum.get(0)).toThrow("does not fit a long");
  expect(orNull.get(0)).toBe(null);
  for (const lane of [sum, orNull]) lane.change(0, -1, most);
  expect([sum.get(0), orNull.get(0)]).toEqual([5, 5]);
});

it("refuses to take back what is not there", () => {
  expect(() => { made<Changing>(changingSumLong).change(0, -1, 1); }).toThrow("more often than it was given");
  expect(() => { made<Changing>(changingSumDouble).change(0, -1, 1); }).toThrow("more often than it was given");
  expect(() => { made<Changing>(() => retractable(maxText(), "string")).change(0, -1, "a"); }).toThrow("more often than it was given");
});

it("does not fill a largest value anew while one that is not the largest leaves", () => {
  const inner = maxNumber();
  const lane = made<Changing>(() => retractable(inner, "int"));
  for (const value of [1, 5, 5, 3]) lane.change(0, 1, value);
  let resets = 0;
  const reset = inner.reset.bind(inner);
  inner.reset = (slot) => { resets++; reset(slot); };
  lane.change(0, -1, 3);
  lane.change(0, -1, 5);
  expect([result(lane, 0), resets]).toEqual([5, 0]);
  lane.change(0, -1, 5);
  expect([result(lane, 0), resets]).toEqual([1, 1]);
});
