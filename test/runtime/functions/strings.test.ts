import fc from "fast-check";
import { expect, it } from "vitest";
import { base64Text, bytesFromBase64, strictBytesFromBase64 } from "../../../runtime/functions/text/base64.ts";
import { decodeBytes, encodeText } from "../../../runtime/functions/text/charsets.ts";
import { convertBase } from "../../../runtime/functions/text/convert-base.ts";
import { decimalFormat, formatDouble, formatExact, placesFormat } from "../../../runtime/functions/text/decimal-format.ts";
import { parseUri } from "../../../runtime/functions/text/java-uri.ts";
import { numberFormat, numberFromText, textFromNumber, tryNumberFromText } from "../../../runtime/functions/text/number-format.ts";
import { padStartText } from "../../../runtime/functions/text/pad-text.ts";
import { repeatText } from "../../../runtime/functions/text/repeat-text.ts";
import { levenshtein } from "../../../runtime/functions/text/text-distance.ts";
import { textFormat } from "../../../runtime/functions/text/text-format.ts";
import { bytesFromHex } from "../../../runtime/functions/text/unhex-text.ts";
import { urlDecode, urlEncode } from "../../../runtime/functions/text/url-code.ts";
import { hexBytes } from "../../../runtime/functions/hex-text.ts";
import { nextRandom, nextUuid, shuffled } from "../../../runtime/functions/random-values.ts";

const text = fc.string({ unit: fc.constantFrom("a", "b", "é", " ", "+", "%", "&", "😀"), maxLength: 12 });

it("reads back what it encodes", () => {
  fc.assert(
    fc.property(text, fc.uint8Array({ maxLength: 20 }), (value, bytes) => {
      expect(urlDecode(urlEncode(value))).toBe(value);
      expect(bytesFromBase64(base64Text(bytes))).toEqual(bytes);
      expect(strictBytesFromBase64(base64Text(bytes))).toEqual(bytes);
      expect(base64Text(bytes)).toBe(Buffer.from(bytes).toString("base64"));
      expect(bytesFromHex(hexBytes(bytes))).toEqual(bytes);
      for (const charset of ["utf-8", "UTF-16", "utf-16be", "utf-16le", "UTF-32"]) expect(decodeBytes(encodeText(value, charset), charset)).toBe(value);
    }),
  );
});

it("refuses what a character set has not", () => {
  expect(() => encodeText("€", "ISO-8859-1")).toThrow("cannot be written in or read from ISO-8859-1");
  expect(() => decodeBytes(Uint8Array.of(0xd8, 0), "UTF-16BE")).toThrow("UTF-16BE");
  expect(() => decodeBytes(Uint8Array.of(0x80), "US-ASCII")).toThrow("US-ASCII");
  expect(() => encodeText("a", "latin-9")).toThrow("none of the character sets");
});

it("refuses base64 that ends within a byte", () => {
  for (const wrong of ["Y", "YWJj=", "YQ=x", "YQ==Y"]) expect(() => bytesFromBase64(wrong)).toThrow("is not base64");
  expect(() => strictBytesFromBase64("Y!Q=")).toThrow("is not base64");
});

it("pads by characters, whatever their width", () => {
  fc.assert(
    fc.property(text, fc.integer({ min: -2, max: 20 }), text, (value, length, pad) => {
      const characters = [...value];
      const missing = Math.max(0, length - characters.length);
      const fill = pad === "" ? "" : [...pad.repeat(missing)].slice(0, missing).join("");
      expect(padStartText(value, length, pad)).toBe(fill + characters.slice(0, Math.max(0, length)).join(""));
    }),
  );
  expect(() => repeatText("ab", 2 ** 30)).toThrow("too long");
});

it("measures the distance of texts both ways alike", () => {
  fc.assert(
    fc.property(text, text, (left, right) => {
      const distance = levenshtein(left, right);
      expect(distance).toBe(levenshtein(right, left));
      expect(distance).toBeLessThanOrEqual(Math.max([...left].length, [...right].length));
      expect(levenshtein(left, right, distance - 1)).toBe(-1);
    }),
  );
});

it("converts between bases as 64 bits", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.integer({ min: 2, max: 36 }), fc.integer({ min: 2, max: 36 }), (value, from, to) => {
      expect(convertBase(value.toString(from), from, to)).toBe(value.toString(to).toUpperCase());
    }),
  );
  expect(convertBase("-9223372036854775808", 10, -10)).toBe("-9223372036854775808");
  expect(convertBase("10", 1, 10)).toBe(null);
});

it("formats numbers by every digit of their binary value", () => {
  expect(formatDouble(0.015, placesFormat(2))).toBe("0.01");
  expect(formatDouble(2 ** 70, placesFormat(0))).toBe("1,180,591,620,717,411,303,424");
  expect(formatDouble(-1234.567, decimalFormat("$#,##0.0;($#,##0.0)"))).toBe("($1,234.6)");
  expect(formatDouble(0.5, decimalFormat("0.##%"))).toBe("50%");
  expect(formatDouble(-Infinity, decimalFormat("0"))).toBe("-∞");
  expect(formatExact(12345, 2, decimalFormat("'no. '000000.#"))).toBe("no. 000123.4");
  expect(formatExact(5, 1, decimalFormat("#.#"))).toBe("0.5");
  expect(formatExact(5, 1, placesFormat(-1))).toBe(null);
  expect(() => decimalFormat("0#")).toThrow("order that is none");
  expect(() => decimalFormat("0E0")).toThrow("exponent");
});

it("writes values as Java's formatter does", () => {
  expect(textFormat("%08.3f|%+.1e|%-6s|%6s|", "double", "double", "string", "string")(-3.14159, 12345.678, "ab", "cd")).toBe("-003.142|+1.2e+04|ab    |    cd|");
  expect(textFormat("%,d %(d %x %#X % d", "long", "int", "int", "long", "int")(-1234567, -5, -1, 255, 3)).toBe("-1,234,567 (5) ffffffff 0XFF  3");
  expect(textFormat("%s %d %b %s", "null", "int", "string", "double")(null, null, null, 1)).toBe("null null false 1.0");
  expect(textFormat("%s", "decimal(10,2)")(-50)).toBe("-0.50");
  for (const [format, problem] of [["%d", "writes a double"], ["%s %s", "not given"], ["%", "begins no conversion"], ["%-s", "without a width"], ["%tY", "which format_string has not"]] as const) {
    expect(() => textFormat(format, "double"), format).toThrow(problem);
  }
});

it("reads numbers by a pattern, and writes them by it", () => {
  const price = numberFormat("$9,999.99");
  expect(numberFromText("$1,234.5", price)).toBe(123450);
  expect(textFromNumber(123450, 2, price)).toBe("$1,234.50");
  expect(tryNumberFromText("1,234.50", price)).toBe(null);
  expect(tryNumberFromText("$12,34.50", numberFormat("$9,000.99"))).toBe(null);
  expect(textFromNumber(-5, 0, numberFormat("999MI"))).toBe("  5-");
  expect(textFromNumber(123456, 0, numberFormat("999"))).toBe("###");
  expect(() => numberFromText("x", price)).toThrow("does not fit the number pattern");
  for (const [pattern, problem] of [["", "is empty"], ["$", "no digits"], ["9$9", "behind the digits"], ["9,,9", "on both sides"], ["9.9,9", "behind the point"], ["9.9.9", "twice"], ["9x", "stands for nothing"], ["9S9", "wrong place"]] as const) {
    expect(() => numberFormat(pattern), pattern).toThrow(problem);
  }
});

it("reads URLs as Java does", () => {
  expect(parseUri("http://user@[::1]:80/a%20b;c?q=[1]#é")).toEqual({ scheme: "http", authority: "user@[::1]:80", userInfo: "user", host: "[::1]", path: "/a%20b;c", query: "q=[1]", fragment: "é" });
  expect(parseUri("mailto:a@b.c")).toMatchObject({ scheme: "mailto", path: null, host: null });
  expect(parseUri("//under_score/x")).toMatchObject({ authority: "under_score", host: null });
  expect(parseUri("relative/path?x")).toMatchObject({ scheme: null, path: "relative/path", query: "x" });
  for (const wrong of ["http://", "http://a b", "1http://a", "http://h/%zz", ":x", "http://h/{x}", "mailto:"]) expect(parseUri(wrong), wrong).toBe(undefined);
});

it("draws the same random values for every attempt of a batch, and others for another", () => {
  const drawn = (id: number, seed = 0): readonly number[] => {
    const batch = { id };
    return [nextRandom(batch, seed), nextRandom(batch, seed), nextRandom(batch, seed)];
  };
  expect(drawn(3)).toEqual(drawn(3));
  expect(new Set([...drawn(3), ...drawn(4), ...drawn(3, 1)]).size).toBe(9);
  const batch = { id: 7 };
  const many = Array.from({ length: 10_000 }, () => nextRandom(batch));
  expect(Math.abs(many.reduce((sum, value) => sum + value, 0) / many.length - 0.5)).toBeLessThan(0.02);
  expect(nextUuid(batch)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect([...shuffled([1, 2, 3], batch)].sort()).toEqual([1, 2, 3]);
});
