import fc from "fast-check";
import { expect, it } from "vitest";
import { timestampFormat } from "../../../runtime/functions/datetime/timestamp-format.ts";
import { timestampParser } from "../../../runtime/functions/datetime/timestamp-parser.ts";

const micros = fc.integer({ min: -9_000_000_000_000_000, max: 9_000_000_000_000_000 });
const microsecond = 1709247909123456; // 2024-02-29T23:05:09.123456Z

it.each(["yyyy-MM-dd HH:mm:ss.SSSSSS", "yyyyMMddHHmmssSSSSSS", "d/M/yyyy h:m:s.SSSSSS a", "MMM d, yyyy KK a mm ss.SSSSSS XXX", "yyyy-DDD'T'kk:mm:ss.SSSSSSZ"])(
  "reads back what it prints: %s",
  (pattern) => {
    const format = timestampFormat(pattern);
    const parser = timestampParser(pattern);
    fc.assert(
      fc.property(micros, (value) => {
        expect(parser.parse(format.format(value))).toBe(value);
      }),
    );
  },
);

it("prints the same whatever it printed before", () => {
  const nearby = fc.array(fc.integer({ min: -200_000_000, max: 200_000_000 }), { minLength: 2, maxLength: 20 });
  for (const pattern of ["yyyy-MM-dd", "yyyy-MM-dd HH", "HH:mm", "h a", "mm:ss", "D XXX", "H:mm z", "ss.SSS"]) {
    for (const zone of ["UTC", "Europe/Berlin", "Asia/Kolkata"]) {
      fc.assert(
        fc.property(micros, nearby, fc.constantFrom(1, 1000, 100_000), (start, steps, scale) => {
          const one = timestampFormat(pattern, zone);
          for (const step of steps) expect(one.format(start + step * scale)).toBe(timestampFormat(pattern, zone).format(start + step * scale));
        }),
        { numRuns: 15 },
      );
    }
  }
});

it("prints the offset of a zone", () => {
  const print = (pattern: string, zone: string): string => timestampFormat(pattern, zone).format(microsecond);
  expect(["X", "XX", "XXX", "x", "xxx", "Z", "ZZZZ", "ZZZZZ", "O", "OOOO", "VV"].map((pattern) => print(pattern, "Asia/Kolkata"))).toEqual(
    ["+0530", "+0530", "+05:30", "+0530", "+05:30", "+0530", "GMT+05:30", "+05:30", "GMT+5:30", "GMT+05:30", "Asia/Kolkata"],
  );
  expect(print("yyyy-MM-dd HH:mm", "Asia/Kolkata")).toBe("2024-03-01 04:35");
});

it("refuses texts that the strict resolver refuses", () => {
  const fits = (text: string, pattern: string): boolean => timestampParser(pattern).tryParse(text) !== null;
  expect(fits("2024-02-30", "yyyy-MM-dd")).toBe(false);
  expect(fits("2023-366", "yyyy-DDD")).toBe(false);
  expect(fits("13 PM", "hh a")).toBe(false);
  expect(fits("24", "HH")).toBe(false);
  expect(fits("2024-02-29 ", "yyyy-MM-dd")).toBe(false);
  expect(fits("12 13", "HH HH")).toBe(false);
  expect(() => timestampParser("yyyy").parse("x")).toThrow('"x" is no timestamp of the form "yyyy"');
});

it("says what is wrong with a pattern", () => {
  expect(() => timestampFormat("YYYY")).toThrow("week-based letter `Y`; the calendar year is `y`");
  expect(() => timestampParser("EEE")).toThrow("can be printed and not read");
  expect(() => timestampFormat("yyyy'")).toThrow("single quote that is not closed");
  expect(() => timestampFormat("yyyy T")).toThrow("no letter of a datetime pattern");
});
