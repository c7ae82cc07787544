import fc from "fast-check";
import { expect, it } from "vitest";
import { civilFromDays, dayOfTimestamp, dayOfWeekOfDays, dayOfYearOfDays, daysFromCivil, hourOfTimestamp, isoWeekdayOfDays, microsPerDay, minuteOfTimestamp, secondOfTimestamp, timeOfTimestamp, yearOfDays } from "../../../runtime/time/civil.ts";
import { durationText, parseDuration } from "../../../runtime/time/duration-text.ts";
import { fixedOffset, isZone, timeZone } from "../../../runtime/time/zone.ts";

it("agrees with Date on every day of ten thousand years", () => {
  for (let days = -719_528; days < 2_932_897; days += 37) {
    const date = new Date(days * 86_400_000);
    expect([civilFromDays(days), yearOfDays(days), dayOfWeekOfDays(days)]).toEqual([
      { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() },
      date.getUTCFullYear(),
      date.getUTCDay() + 1,
    ]);
    expect(daysFromCivil(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate())).toBe(days);
  }
});

it("takes timestamps apart before and after the epoch", () => {
  fc.assert(
    fc.property(fc.integer({ min: -8_600_000_000_000_000, max: 8_600_000_000_000_000 }), (micros) => {
      const date = new Date(Math.floor(micros / 1000));
      expect([hourOfTimestamp(micros), minuteOfTimestamp(micros), secondOfTimestamp(micros)]).toEqual([date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()]);
      expect(dayOfTimestamp(micros) * microsPerDay + timeOfTimestamp(micros)).toBe(micros);
    }),
  );
  expect(dayOfTimestamp(-1)).toBe(-1);
  expect(dayOfYearOfDays(daysFromCivil(2024, 12, 31))).toBe(366);
  expect(isoWeekdayOfDays(daysFromCivil(1, 1, 1))).toBe(1);
});

it("knows offsets, gaps and overlaps of zones", () => {
  const micros = (text: string): number => Date.parse(`${text}Z`) * 1000;
  expect(timeZone("Europe/Madrid").offsetAt(micros("2024-07-01T00:00:00"))).toBe(7_200_000_000);
  expect(timeZone("Europe/Madrid").offsetAt(micros("1900-06-01T00:00:00"))).toBe(-884_000_000);
  expect(timeZone("Europe/Madrid").instantOf(micros("2024-03-31T02:30:00"))).toBe(micros("2024-03-31T01:30:00"));
  expect(timeZone("Europe/Madrid").instantOf(micros("2024-10-27T02:30:00"))).toBe(micros("2024-10-27T00:30:00"));
  expect(timeZone("Pacific/Apia").instantOf(micros("2011-12-30T12:00:00"))).toBe(micros("2011-12-30T22:00:00"));
  expect(["UTC", "Z", "+02", "+02:30", "-0330", "GMT+2", "Asia/Kolkata"].map(isZone)).toEqual(Array(7).fill(true));
  expect(["", "+19:00", "+02:60", "Nowhere/Town", "a b"].map(isZone)).toEqual(Array(5).fill(false));
  expect(fixedOffset("-03:30")).toBe(-12_600_000_000);
});

it("reads back the durations that it writes", () => {
  fc.assert(
    fc.property(fc.integer({ min: -(10 ** 15), max: 10 ** 15 }), (micros) => {
      expect(parseDuration(durationText(micros))).toBe(micros);
    }),
  );
  expect(durationText(300_000_000)).toBe("PT5M");
  expect(durationText(0)).toBe("PT0S");
  expect(["P", "PT", "5M", "P1M", "PT1.S"].map(parseDuration)).toEqual(Array(5).fill(null));
});
