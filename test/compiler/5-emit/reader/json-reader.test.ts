import fc from "fast-check";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import {
  arrayType, binaryType, booleanType, dateType, decimalType, doubleType, durationType, floatType, intType, longType, mapType, recordType, stringType, timestampType, type DataType,
  type Field,
} from "../../../../compiler/ir/types/data-type.ts";
import { decodeLines } from "../../../support/decode-lines.ts";
import { chunksOf, fieldOf, jsonReader, readChunks } from "../../../support/read-lines.ts";

const every: readonly Field[] = [
  fieldOf("id", longType, false), fieldOf("n", intType), fieldOf("wide", longType), fieldOf("x", doubleType, false), fieldOf("y", doubleType),
  fieldOf("price", decimalType(10, 2)), fieldOf("ok", booleanType, false), fieldOf("maybe", booleanType), fieldOf("name", stringType, false), fieldOf("note", stringType),
  fieldOf("at", timestampType, false), fieldOf("day", dateType), fieldOf("tags", arrayType(stringType, true)), fieldOf("a rather long column name, it is", intType),
  fieldOf("f", floatType, false), fieldOf("g", floatType), fieldOf("raw", binaryType), fieldOf("took", durationType), fieldOf("by", mapType(stringType, intType, true)),
];

const utf8 = new TextEncoder();

it("gives what the exact decoder gives for every input of Spark's JSON facts", () => {
  const facts = JSON.parse(readFileSync(new URL("../../../facts/reading.json", import.meta.url), "utf8")) as readonly { format: string; schema: string; input: string; options?: unknown; timezone?: string }[];
  let read = 0;
  for (const { format, schema, input, options, timezone } of facts) {
    const fields = options === undefined && timezone === undefined && format === "json" ? fieldsOf(schema) : undefined;
    if (fields === undefined) continue;
    const bytes = input.startsWith("binary:") ? Uint8Array.from(Buffer.from(input.slice(7), "base64")) : utf8.encode(input);
    for (const room of [0, 64]) same(bytes, fields, [bytes], room);
    for (const nullable of [true, false]) same(utf8.encode(`${input}\n${input}`), fields.map((field) => ({ ...field, nullable })), [utf8.encode(`${input}\n${input}`)], 64);
    read++;
  }
  expect(read).toBeGreaterThan(300);
});

it("reads one record a line, an array of records as several, and no blank line", () => {
  const fields = [fieldOf("a", intType), fieldOf("b", stringType)];
  const text = '\ufeff{"a":1,"b":"x"}\r\n\n   \n{"b":"y","a":2}\n{"a":3}\r{"a":4}\n[{"a":5},{"a":6,"b":"z"}]\n{"a":7';
  const { rows, malformed, rowsRead } = readChunks(jsonReader(fields), [utf8.encode(text)]);
  expect(rows).toEqual([{ a: 1, b: "x" }, { a: 2, b: "y" }, { a: 3, b: null }, { a: 4, b: null }, { a: 5, b: null }, { a: 6, b: "z" }]);
  expect(malformed).toEqual([{ raw: '{"a":7', position: `byte ${utf8.encode(text).length - 6}` }]);
  expect(rowsRead).toBe(7);
});

it("knows which of more than 32 columns a record has, in whatever order they come", () => {
  const fields = Array.from({ length: 70 }, (_, at) => fieldOf(`c${at}`, intType, at % 2 === 0));
  const record = (names: readonly string[]): string => `{ ${names.map((name) => `"${name}": ${name.slice(1)}`).join(", ")} }`;
  const names = fields.map(({ name }) => name);
  const reversed = [...names].reverse();
  const text = `${record(reversed)}\n${record(reversed.filter((name) => name !== "c32"))}\n${record(reversed.filter((name) => name !== "c33"))}\n`;
  const { rows, malformed } = readChunks(jsonReader(fields), [utf8.encode(text)]);
  const whole = Object.fromEntries(names.map((name, at) => [name, at]));
  // c32 may be null, c33 may not.
  expect(rows).toEqual([whole, { ...whole, c32: null }]);
  expect(malformed).toHaveLength(1);
});

it("does not look into columns that nothing needs, but they must be JSON", () => {
  const fields = [fieldOf("a", intType, false), fieldOf("b", intType), fieldOf("c", stringType)];
  const lines = ['{"a":1,"b":"not an int","c":{"deep":[1,{"x":null}]}}', '{"a":2,"b":01,"c":"x"}', '{"a":3,"b":1,"c":"bad \\q"}', '{"a":4,"b":tru,"c":1}', '{"a":5,"b":1e5,"c":"\\u00e9"}'];
  const part = jsonReader(fields, { needed: new Set(["a"]), columns: ["a"] });
  const { rows, malformed } = readChunks(part, [utf8.encode(lines.join("\n"))]);
  expect(rows).toEqual([{ a: 1 }, { a: 5 }]);
  expect(malformed.map(({ raw }) => raw)).toEqual([lines[1], lines[2], lines[3]]);
  const strict = jsonReader(fields, { needed: new Set(["a"]), columns: ["a"], strict: true });
  expect(readChunks(strict, [utf8.encode(lines.join("\n"))]).rows).toEqual([]);
});

it("decides what is malformed before it filters, and keeps the filter's columns to itself", () => {
  const fields = [fieldOf("a", intType, false), fieldOf("b", stringType)];
  const reader = jsonReader(fields, { columns: ["b"], needed: new Set(["b"]), filter: { columns: ["a"], text: "a > 1", emit: (value) => value("a") } });
  const { rows, malformed, rowsRead } = readChunks(reader, [utf8.encode('{"a":1,"b":"x"}\n{"a":0,"b":"y"}\n{"a":0,"b":[}\n{"b":"z" ,"a":2}\n')]);
  expect(rows).toEqual([{ b: "x" }, { b: "z" }]);
  expect(malformed.length).toBe(1);
  expect(rowsRead).toBe(4);
});

it("reads a malformed record as nulls where the job says so", () => {
  const reader = jsonReader([fieldOf("a", intType), fieldOf("b", stringType)], {}, true);
  const { rows, malformed } = readChunks(reader, [Buffer.from('{"a":1,"b":"x"}\nnope\n{"a":"x","b":"y"}\n{"a":2,"b":"\xff"}\n', "latin1")]);
  expect(rows).toEqual([{ a: 1, b: "x" }, { a: null, b: null }, { a: null, b: null }, { a: null, b: null }]);
  expect(malformed).toEqual([]);
});

it("reads a line of ten megabytes", () => {
  const long = "x".repeat(10_000_000);
  const text = `{"a":1,"b":"${long}"}\n{"b":"\\n${long}","a":2}\n`;
  const { rows } = readChunks(jsonReader([fieldOf("a", intType), fieldOf("b", stringType)]), [utf8.encode(text)]);
  expect(rows.map((row) => [row["a"], String(row["b"]).length])).toEqual([[1, 10_000_000], [2, 10_000_001]]);
});

it("keeps names that every object has as plain data", () => {
  const fields = ["__proto__", "constructor", "bytes", "input", "row", 'a"b', "\u2028", "é"].map((name) => fieldOf(name, intType));
  const line = `{${fields.map(({ name }, at) => `${JSON.stringify(name)}:${at}`).join(",")}}`;
  const reordered = `{${[...fields].reverse().map(({ name }, at) => `${JSON.stringify(name)}: ${7 - at}`).join(", ")}}`;
  const { rows, malformed } = readChunks(jsonReader(fields), [utf8.encode(`${line}\n${reordered}\n${line}\n`)]);
  expect(malformed).toEqual([]);
  for (const row of rows) expect(fields.map(({ name }) => Object.getOwnPropertyDescriptor(row, name)?.value)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  expect(rows.length).toBe(3);
});

const texts = fc.oneof(fc.string({ unit: "grapheme", maxLength: 40 }), fc.string({ unit: "binary", maxLength: 12 }).filter((text) => !/\p{Surrogate}/u.test(text)), fc.constantFrom("plain", "a much longer text that spans several words", ""));
const rowOf = fc.record({
  id: fc.oneof(fc.integer(), fc.constantFrom("9007199254740993", "-9223372036854775808", "9223372036854775807", "1234567890123456")).map(String),
  n: fc.oneof(fc.integer(), fc.constantFrom(null, 0, -1, 2147483647)).map(String),
  wide: fc.oneof(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String), fc.constant("null")),
  x: fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => JSON.stringify(x)), fc.constantFrom("1.50", "0.1", "-0.0", "1e400", "123456789012345678901", '"NaN"', "NaN")),
  y: fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => JSON.stringify(x)), fc.constant("null")),
  price: fc.oneof(fc.integer({ min: -99_999_999, max: 99_999_999 }).map((cents) => (cents / 100).toFixed(2)), fc.constantFrom("null", "1", "0", "-0.00", "1.234", "99999999.99", "100000000", "1e2")),
  ok: fc.constantFrom("true", "false"),
  maybe: fc.constantFrom("true", "false", "null"),
  name: fc.oneof(texts.map((text) => JSON.stringify(text)), fc.constantFrom("12.50", "true", '{"a" : 1}', '"\\u00e9\\/"', '"\\ud83d"')),
  note: fc.oneof(texts.map((text) => JSON.stringify(text)), fc.constant("null")),
  at: fc.oneof(
    fc.date({ min: new Date("1601-01-01"), max: new Date("2300-01-01"), noInvalidDate: true }).map((date) => JSON.stringify(date)),
    fc.constantFrom('"2024-02-29 23:59:59"', '"2024-01-01T00:00:00.123456Z"', '"2024-01-01T00:00:00+05:30"', '"2023-02-29T00:00:00Z"', '"2024-01-01"', '"2024-01-01T24:00:00Z"', '"2024-01-01T00:00:60Z"', "0"),
  ),
  day: fc.constantFrom('"2024-02-29"', '"2023-02-29"', '"0001-01-01"', '"9999-12-31"', '"2024-1-1"', "null", '"2024-01-01T00:00:00Z"'),
  tags: fc.constantFrom('["a","b"]', "[]", "null", '[ "x", null ]', '[1]', "{}"),
  "a rather long column name, it is": fc.integer({ min: -10, max: 10 }).map(String),
  f: fc.oneof(fc.float({ noNaN: true, noDefaultInfinity: true }).map((f) => JSON.stringify(f)), fc.constantFrom("1.1", "16777217", "1.00000005960464477539062500001", "1e39", "1e-46", "-0.0", '"NaN"', "Infinity")),
  g: fc.oneof(fc.float({ noNaN: true, noDefaultInfinity: true }).map((g) => g.toPrecision(7)), fc.constantFrom("null", "0.1", '"x"')),
  raw: fc.oneof(fc.uint8Array({ maxLength: 12 }).map((raw) => JSON.stringify(Buffer.from(raw).toString("base64"))), fc.constantFrom("null", '"aGk"', '"@@"', "1")),
  took: fc.constantFrom('"PT5M"', '"-PT0.5S"', '"1 02:03:04.5"', "null", '"5 minutes"', "5"),
  by: fc.constantFrom('{"a":1,"b":null}', "{}", "null", '{"a":1,"a":2}', '{ "x" : 3 }', '{"a":"1"}', "[1]"),
});

/** A record's text with keys in some order, with or without spaces, some left out or added. */
const lineOf = fc
  .tuple(rowOf, fc.constantFrom("as is", "as is", "as is", "shuffled", "spaced", "sparse", "more"), fc.infiniteStream(fc.nat()))
  .map(([row, form, numbers]) => {
    const next = (): number => numbers.next().value ?? 0;
    let pairs: (readonly [string, string])[] = Object.entries(row);
    if (form === "shuffled" || form === "sparse") pairs = pairs.map((pair) => [next(), pair] as const).sort(([a], [b]) => a - b).map(([, pair]) => pair);
    if (form === "sparse") pairs = pairs.filter(() => next() % 8 !== 0);
    if (form === "more") pairs.splice(next() % pairs.length, 0, ["other", '{"a":[1,2,{"b":"\\n"}]}'], ...(next() % 3 === 0 ? [["id", "5"] as const] : []));
    const [colon, comma] = form === "spaced" ? [" : ", " ,\t"] : [":", ","];
    return `{${form === "spaced" ? " " : ""}${pairs.map(([name, value]) => `${JSON.stringify(name)}${colon}${value}`).join(comma)}${form === "spaced" ? " } " : "}"}`;
  });

/** Some bytes of a text changed, put in, taken out, or the text cut. */
const change = fc.tuple(
  fc.nat(),
  fc.constantFrom("set", "insert", "remove", "cut"),
  fc.oneof(fc.integer({ min: 0, max: 255 }), fc.constantFrom(34, 92, 44, 58, 123, 125, 10, 13, 32, 48, 46, 101, 91)),
);
const mutated = fc.tuple(lineOf, fc.array(change, { maxLength: 2 })).map(([line, changes]) => {
  const bytes = [...utf8.encode(line)];
  for (const [where, how, byte] of changes) {
    const at = where % Math.max(1, bytes.length);
    if (how === "set") bytes[at] = byte;
    else if (how === "insert") bytes.splice(at, 0, byte);
    else if (how === "remove") bytes.splice(at, 1);
    else bytes.length = at;
  }
  return Uint8Array.from(bytes);
});

it("agrees with the exact decoder on every line, however it is mutated and chunked", () => {
  const runs = Number(process.env["FUZZ_RUNS"] ?? 400);
  fc.assert(
    fc.property(fc.array(fc.oneof(lineOf.map((line) => utf8.encode(line)), mutated), { minLength: 1, maxLength: 8 }), fc.nat(), fc.constantFrom(0, 8, 64), fc.constantFrom("\n", "\r\n"), fc.boolean(), (lines, cuts, room, lineEnd, ended) => {
      const bytes = Buffer.concat(lines.flatMap((line, at) => (at === lines.length - 1 && !ended ? [line] : [line, utf8.encode(lineEnd)])));
      same(bytes, every, chunksOf(bytes, (line) => ((cuts >> (line % 30)) & 1) === 1), room);
    }),
    { numRuns: runs },
  );
});

it("gives the same rows for a part of the columns as for all of them", () => {
  const part = jsonReader(every, { columns: ["wide", "note"], needed: new Set(every.map(({ name }) => name)) });
  fc.assert(
    fc.property(fc.array(mutated, { minLength: 1, maxLength: 4 }), (lines) => {
      const bytes = Buffer.concat(lines.flatMap((line) => [line, utf8.encode("\n")]));
      const whole = readChunks(readerOf(every), [bytes]);
      const narrow = readChunks(part, [bytes]);
      expect(narrow.malformed).toEqual(whole.malformed);
      expect(narrow.rows).toEqual(whole.rows.map(({ wide, note }) => ({ wide, note })));
    }),
    { numRuns: 200 },
  );
});

const readers = new Map<string, ReturnType<typeof jsonReader>>();

function readerOf(fields: readonly Field[]): ReturnType<typeof jsonReader> {
  const key = JSON.stringify(fields);
  const known = readers.get(key) ?? jsonReader(fields);
  readers.set(key, known);
  return known;
}

function same(bytes: Uint8Array, fields: readonly Field[], chunks: readonly Uint8Array[], room: number): void {
  const exact = decodeLines(bytes, fields);
  const read = readChunks(readerOf(fields), chunks, room);
  const shown = Buffer.from(bytes).toString("latin1");
  expect(read.malformed.map(({ raw }) => raw), shown).toEqual(exact.malformed);
  expect(read.rows, shown).toEqual(exact.rows);
}

const types: Readonly<Record<string, DataType>> = {
  INT: intType, STRING: stringType, TIMESTAMP: timestampType, DOUBLE: doubleType, DATE: dateType, "DECIMAL(10,2)": decimalType(10, 2), BOOLEAN: booleanType, BIGINT: longType,
  FLOAT: floatType, BINARY: binaryType, "MAP<STRING, INT>": mapType(stringType, intType, true),
  "ARRAY<INT>": arrayType(intType, true), "STRUCT<b: INT, c: STRING>": recordType([fieldOf("b", intType), fieldOf("c", stringType)]),
};

/** The fields of Spark's schema text; undefined where a type is not one of those above. */
function fieldsOf(schema: string): readonly Field[] | undefined {
  const parts = schema.match(/`?\w+`? (?:\w+<[^>]*>|\w+(?:\([\d,]*\))?)(?: NOT NULL)?/g) ?? [];
  const fields = parts.map((part) => {
    const [, name, type] = /^`?(\w+)`? (.*?)(?: NOT NULL)?$/.exec(part) ?? [];
    const known = types[type ?? ""];
    return known === undefined || name === undefined ? undefined : fieldOf(name, known);
  });
  return fields.every((field) => field !== undefined) ? fields : undefined;
}
