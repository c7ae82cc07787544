import fc from "fast-check";
import { expect, it } from "vitest";
import { tryDecimalFromText } from "../../../runtime/functions/cast-decimal.ts";
import { tryDateFromText } from "../../../runtime/functions/cast-date.ts";
import { tryDoubleFromText } from "../../../runtime/functions/cast-double.ts";
import { tryLongFromText } from "../../../runtime/functions/cast-long.ts";
import { tryTimestampFromText } from "../../../runtime/functions/cast-timestamp.ts";
import { compareText } from "../../../runtime/functions/compare-scalars.ts";
import { dateText, timestampText } from "../../../runtime/functions/datetime-text.ts";
import { decimalText } from "../../../runtime/functions/decimal-text.ts";
import { doubleText, floatText } from "../../../runtime/functions/double-text.ts";
import { canonicalInteger } from "../../../runtime/functions/exact-integer.ts";

it("reads back every double that it writes", () => {
  fc.assert(fc.property(fc.double(), (value) => Object.is(tryDoubleFromText(doubleText(value)), value)));
});

it("reads back every float that it writes", () => {
  fc.assert(fc.property(fc.float(), (value) => Object.is(Math.fround(Number(floatText(value))), value)));
});

it("reads back every long, date, timestamp and decimal that it writes", () => {
  fc.assert(fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => tryLongFromText(` ${value}\n`) === canonicalInteger(value)));
  fc.assert(fc.property(fc.integer({ min: -800_000, max: 3_000_000 }), (days) => tryDateFromText(dateText(days)) === days));
  fc.assert(fc.property(fc.integer({ min: -9_000_000_000_000_000, max: 9_000_000_000_000_000 }), (micros) => tryTimestampFromText(timestampText(micros)) === micros));
  fc.assert(fc.property(fc.bigInt({ min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n }), fc.integer({ min: 0, max: 38 }), (digits, scale) => {
    const value = canonicalInteger(digits);
    return tryDecimalFromText(decimalText(value, scale), 38, scale) === value;
  }));
});

it("orders strings as their UTF-8 bytes are ordered", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (a, b) => Math.sign(compareText(a, b)) === Buffer.compare(Buffer.from(a), Buffer.from(b))));
});

it("reads a timestamp in a zone", () => {
  expect(tryTimestampFromText("2024-07-01 12:00:00 Europe/Madrid")).toBe(Date.UTC(2024, 6, 1, 10) * 1000);
  expect(tryTimestampFromText("2024-07-01 12:00:00", "America/Sao_Paulo")).toBe(Date.UTC(2024, 6, 1, 15) * 1000);
  expect(tryTimestampFromText("2024-07-01 12:00:00 Mars/Phobos")).toBeNull();
});
