import fc from "fast-check";
import { expect, test } from "vitest";
import { RunDecoder } from "../../../../runtime/formats/parquet/run-decoder.ts";

interface Run {
  readonly isPacked: boolean;
  readonly values: readonly number[];
}

const varint = (value: number): number[] => (value < 128 ? [value] : [(value % 128) | 128, ...varint(Math.floor(value / 128))]);

/** As the format has it, a bit at a time. */
function encoded(runs: readonly Run[], width: number): Uint8Array {
  return Uint8Array.from(
    runs.flatMap(({ isPacked, values }) => {
      if (!isPacked) return [...varint(values.length * 2), ...Array.from({ length: Math.ceil(width / 8) }, (_, at) => (values[0] ?? 0) / 2 ** (8 * at) & 255)];
      const bytes = new Array<number>((values.length / 8) * width).fill(0);
      for (const [row, value] of values.entries()) {
        for (let bit = 0; bit < width; bit++) if (((value >>> bit) & 1) === 1) bytes[(row * width + bit) >>> 3]! |= 1 << ((row * width + bit) & 7);
      }
      return [...varint((values.length / 8) * 2 + 1), ...bytes];
    }),
  );
}

const runsOf = (width: number): fc.Arbitrary<readonly Run[]> => {
  const value = fc.integer({ min: 0, max: 2 ** width - 1 });
  const packed = fc.integer({ min: 0, max: 4 }).chain((groups) => fc.array(value, { minLength: groups * 8, maxLength: groups * 8 })).map((values) => ({ isPacked: true, values }));
  const repeated = fc.tuple(value, fc.nat(300)).map(([one, count]) => ({ isPacked: false, values: new Array<number>(count).fill(one) }));
  return fc.array(fc.oneof(packed, repeated), { maxLength: 6 });
};

test("numbers come as they were written, whatever their width, the runs, and how many are taken at a time", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 31 }).chain((width) => fc.tuple(fc.constant(width), runsOf(width))), fc.integer({ min: 1, max: 50 }), ([width, runs], size) => {
      const expected = runs.flatMap(({ values }) => values);
      const decoder = new RunDecoder(encoded(runs, width), 0, width);
      const taken: number[] = [];
      for (let left = expected.length; left > 0; left -= size) taken.push(...decoder.take(Math.min(size, left)));
      expect(taken).toEqual(expected);
      if (runs.every(({ values }) => values.length > 0)) expect(() => decoder.take(1)).toThrow(RangeError);
    }),
  );
});

test("a run of a few bytes takes the memory of what is asked for, and padding may be left out", () => {
  const decoder = new RunDecoder(Uint8Array.from([...varint(2 ** 32), 5]), 0, 3);
  expect([...decoder.take(3)]).toEqual([5, 5, 5]);
  expect([...new RunDecoder(Uint8Array.of(3, 0b1010_0101), 0, 4).take(2)]).toEqual([5, 10]);
  expect(() => new RunDecoder(Uint8Array.of(3, 0b1010_0101), 0, 4).take(3)).toThrow("a run ends behind its page");
});
