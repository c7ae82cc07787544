import fc from "fast-check";
import { expect, it } from "vitest";
import { JsonWriter } from "../../../runtime/formats/json-writer.ts";

const out = new JsonWriter();

function written(write: (out: JsonWriter) => void): string {
  out.reset();
  write(out);
  return Buffer.from(out.view()).toString("utf8");
}

it("writes numbers with all their digits", () => {
  fc.assert(fc.property(fc.maxSafeInteger(), (value) => {
    expect(written((w) => w.long(value))).toBe(String(value));
  }));
  fc.assert(fc.property(fc.integer(), (value) => {
    expect(written((w) => w.int(value))).toBe(String(value));
  }));
  fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
    expect(Object.is(JSON.parse(written((w) => w.double(value))), value)).toBe(true);
  }));
  expect(written((w) => w.long(9223372036854775807n))).toBe("9223372036854775807");
  const atEdges = [2 ** 31, 2 ** 32, ...Array.from({ length: 16 }, (_, digits) => 10 ** digits)].flatMap((edge) => [edge - 1, edge, edge + 1, -edge]);
  for (const value of atEdges) expect(written((w) => w.int(value))).toBe(String(value + 0));
  expect([0, 9, 10, 99, 100, 2 ** 31, -1].map((value) => written((w) => w.int(value)))).toEqual(["0", "9", "10", "99", "100", "2147483648", "-1"]);
});

it("writes NaN and the infinities as strings and keeps the sign of zero", () => {
  expect([NaN, Infinity, -Infinity, -0].map((value) => written((w) => w.double(value)))).toEqual(['"NaN"', '"Infinity"', '"-Infinity"', "-0.0"]);
});

it("writes decimals with their scale", () => {
  expect([[-5n, 2], [12345, 2], [7, 0], [0, 3]].map(([value, scale]) => written((w) => w.decimal(value ?? 0, Number(scale))))).toEqual(["-0.05", "123.45", "7", "0.000"]);
});

it("writes any text as JSON does", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
    expect(written((w) => w.text(text))).toBe(JSON.stringify(text));
  }));
  const long = "plain ".repeat(10_000);
  expect(written((w) => w.text(long))).toBe(JSON.stringify(long));
});

it("writes times in UTC, microseconds only where there are some", () => {
  fc.assert(
    fc.property(fc.date({ min: new Date("1700-01-01"), max: new Date("2255-01-01"), noInvalidDate: true }), (date) => {
      expect(written((w) => w.timestamp(date.getTime() * 1000))).toBe(JSON.stringify(date));
      const day = Math.floor(date.getTime() / 86_400_000);
      expect(written((w) => w.date(day))).toBe(JSON.stringify(date.toISOString().slice(0, 10)));
    }),
  );
  expect(written((w) => w.timestamp(1_704_067_200_000_001))).toBe('"2024-01-01T00:00:00.000001Z"');
  expect(written((w) => w.timestamp(-1))).toBe('"1969-12-31T23:59:59.999999Z"');
  expect(written((w) => w.duration(300_000_000))).toBe('"PT5M"');
});

it("writes null for every kind, and grows without losing what it has", () => {
  const all = written((w) => {
    w.raw("[");
    w.text(null);
    w.boolean(null);
    w.int(null);
    w.long(null);
    w.double(null);
    w.decimal(null, 2);
    w.timestamp(null);
    w.date(null);
    w.duration(null);
    w.boolean(true);
    w.json('{"x":"é"}');
    w.newline();
  });
  expect(all).toBe(`[${"null".repeat(9)}true{"x":"é"}\n`);
  const many = written((w) => {
    for (let n = 0; n < 5000; n++) {
      w.int(n);
      w.raw(",");
    }
  });
  expect(many).toBe(Array.from({ length: 5000 }, (_, n) => `${n},`).join(""));
});

it("writes floats with the fewest digits that read back as the same float", () => {
  expect([0.1, 1 / 3, 1e-7, 16777216, 3.4e38].map((value) => written((w) => w.float(Math.fround(value))))).toEqual(["0.1", "0.33333334", "1e-7", "16777216", "3.4e+38"]);
  expect([NaN, -Infinity, -0, null].map((value) => written((w) => w.float(value)))).toEqual(['"NaN"', '"-Infinity"', "-0.0", "null"]);
  fc.assert(fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
    const text = written((w) => w.float(value));
    expect(Object.is(Math.fround(Number(text)), value)).toBe(true);
  }));
});

it("writes binary as base64", () => {
  expect([new Uint8Array(), Uint8Array.of(255, 254), null].map((value) => written((w) => w.binary(value)))).toEqual(['""', '"//4="', "null"]);
});

it("writes a long text as JSON.stringify does wherever in it a character needs an escape or more than one byte", () => {
  const odd = ['"', "\\", "\n", "\u0000", "\u001f", "\u007f", "\u0080", "é", "→", "\ud800", "\udc00", "😀", "!", " ", "[", "]", "~"];
  const out = new JsonWriter();
  for (const length of [33, 34, 35, 36, 63, 64, 65, 350]) {
    for (const character of odd) {
      for (const at of [0, 1, 2, 3, length - 5, length - 2, length - 1, length]) {
        const text = "a".repeat(at) + character + "z".repeat(length - at);
        out.reset();
        out.text(text);
        expect(Buffer.from(out.view()).toString("utf8")).toBe(Buffer.from(JSON.stringify(text)).toString("utf8"));
      }
    }
  }
});

it("writes long texts of any characters one after the other as the buffer grows", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string({ unit: "binary", minLength: 20, maxLength: 90 }), fc.string({ unit: "grapheme-ascii", minLength: 20, maxLength: 6000 })), { maxLength: 12 }), (texts) => {
      const out = new JsonWriter();
      for (const text of texts) out.text(text);
      expect(Buffer.from(out.view()).toString("utf8")).toBe(texts.map((text) => JSON.stringify(text)).join(""));
    }),
  );
});
