import fc from "fast-check";
import { expect, it } from "vitest";
import {
  booleanType, dateType, decimalType, doubleType, intType, longType, stringType, timestampType, type Field,
} from "../../../../compiler/ir/types/data-type.ts";
import { csvFraming } from "../../../../runtime/formats/csv/csv-framing.ts";
import { fieldOf, jsonReader, readChunks, type ReadResult } from "../../../support/read-lines.ts";

const utf8 = new TextEncoder();

const every: readonly Field[] = [
  fieldOf("id", longType, false), fieldOf("n", intType), fieldOf("x", doubleType), fieldOf("price", decimalType(10, 2)), fieldOf("ok", booleanType),
  fieldOf("name", stringType, false), fieldOf("note", stringType), fieldOf("at", timestampType), fieldOf("day", dateType),
];

function read(text: string | Uint8Array, fields: readonly Field[], formatOptions: Readonly<Record<string, string | boolean>> = {}, changes: Parameters<typeof jsonReader>[1] = {}, malformedAsNull = false): ReadResult {
  const reader = jsonReader(fields, { format: "csv", formatOptions, ...changes }, malformedAsNull);
  return readChunks(reader, [typeof text === "string" ? utf8.encode(text) : text]);
}

it("gives what the exact decoder gives, whatever the fields hold", () => {
  const cell = fc.oneof(
    fc.constantFrom("", '""', "1", "-7", "+1", "007", "9223372036854775807", "9223372036854775808", "1.50", "1e3", ".5", "NaN", "-0", "true", "TRUE", "null", " ", "x y", '"q"', '"a,b"', '"a""b"', '"a\nb"', '"a"b', 'a"b', "é", '"é"', "\\", '"\\""', "2024-02-29", "2024-02-30", "2024-02-29T12:00:00Z", "2024-02-29 12:00:00.123456", "2024-02-29T12:00:00+02:00", "\r", "\t"),
    fc.string({ maxLength: 6 }),
  );
  const record = fc.array(cell, { minLength: 1, maxLength: 11 }).map((cells) => cells.join(","));
  const good = fc.tuple(fc.nat(), fc.constantFrom("", "5"), fc.constantFrom("", "0.1"), fc.constantFrom("", "3.20"), fc.constantFrom("", "true"), fc.constantFrom("ann", "bob"), cell, fc.constantFrom("", "2024-01-01T00:00:00Z"), fc.constantFrom("", "2024-01-01")).map((cells) => cells.join(","));
  const reader = jsonReader(every, { format: "csv" });
  // A comment character that nothing starts with asks for the exact decoder alone, and for nothing else.
  const exact = jsonReader(every, { format: "csv", formatOptions: { comment: "\u0001" } });
  fc.assert(
    fc.property(fc.array(fc.oneof(record, good), { maxLength: 8 }), fc.constantFrom("\n", "\r\n"), fc.boolean(), (records, lineEnd, last) => {
      const text = records.join(lineEnd) + (last ? lineEnd : "");
      expect(readChunks(reader, [utf8.encode(text)])).toEqual(readChunks(exact, [utf8.encode(text)]));
    }),
    { numRuns: 2000 },
  );
});

it("reads fields by their place, quoted ones over lines, and no blank line", () => {
  const fields = [fieldOf("a", intType), fieldOf("b", stringType)];
  const { rows, malformed, rowsRead } = read('\ufeff1,x\r\n\n  \n2,"y, ""z""\n"\r3,\n,""\n4', fields);
  expect(rows).toEqual([{ a: 1, b: "x" }, { a: 2, b: 'y, "z"\n' }, { a: 3, b: null }, { a: null, b: "" }]);
  expect(malformed).toEqual([{ raw: "4", position: "byte 33" }]);
  expect(rowsRead).toBe(5);
});

it("finds columns by the header of each file", () => {
  const fields = [fieldOf("a", intType, false), fieldOf("b", stringType)];
  const reader = jsonReader(fields, { format: "csv", formatOptions: { header: true } });
  const chunk = (text: string, offset: number): { bytes: Uint8Array; start: number; end: number; origin: string; offset: number } => ({ bytes: utf8.encode(text), start: 0, end: utf8.encode(text).length, origin: "f.csv", offset });
  const rowsOf = (text: string, offset: number): number => reader.read(chunk(text, offset)).length;
  expect(rowsOf("b,c,a\nx,?,1\n", 0)).toBe(1);
  expect(rowsOf("y,?,2\nz,?,3\n", 12)).toBe(2);
  expect(rowsOf('"A",b\n1,x\n', 0)).toBe(1);
  expect(() => reader.read(chunk("b,c\nx,1\n", 0))).toThrow(/no column `a`.*names "b", "c"/);
  expect(() => reader.read(chunk("a,b,a\nx,1,2\n", 0))).toThrow(/`a` 2 times/);
});

it("reads a malformed record as nulls where the job says so", () => {
  const { rows, malformed } = read(Buffer.from('1,x\nnope\n1,2,3\n2,"\xff"\n', "latin1"), [fieldOf("a", intType), fieldOf("b", stringType)], {}, {}, true);
  expect(rows).toEqual([{ a: 1, b: "x" }, { a: null, b: null }, { a: null, b: null }, { a: null, b: null }]);
  expect(malformed).toEqual([]);
});

it("does not look into columns that nothing needs, but they must be there", () => {
  const { rows, malformed } = read("1,x,y\n2,,\n3,z\n", [fieldOf("a", intType, false), fieldOf("b", intType), fieldOf("c", doubleType, false)], {}, { needed: new Set(["a"]), columns: ["a"] });
  expect(rows).toEqual([{ a: 1 }, { a: 2 }]);
  expect(malformed.map(({ raw }) => raw)).toEqual(["3,z"]);
});

it("ends a chunk between records, not in quotes", () => {
  const end = (text: string, options = {}): number => csvFraming(options).endOfRecords(utf8.encode(text), text.length);
  expect(end("a,b\nc,d")).toBe(4);
  expect(end('a,"b\nc"\nd,"e\nf')).toBe(8);
  expect(end('"a\nb')).toBe(0);
  expect(end('a,x"y\nb,"')).toBe(6);
  expect(end('"a""\n","b"\nc')).toBe(11);
  expect(end('a,"b\nc', { multiLine: false })).toBe(5);
});

it("takes no quote in a comment for the start of a field, and one behind a byte order mark for one", () => {
  const fields = [fieldOf("a", intType), fieldOf("b", stringType)];
  const text = '# one,"two\n1,x\n#,"\n2,y\n3,"z"\n';
  expect(read(text, fields, { comment: "#" }).rows).toEqual([{ a: 1, b: "x" }, { a: 2, b: "y" }, { a: 3, b: "z" }]);
  expect(csvFraming({ comment: "#" }).endOfRecords(utf8.encode(text), text.length - 2)).toBe(text.indexOf("3"));
  const marked = utf8.encode('\ufeff"a,\n",b\n1,"\n"\n2');
  expect(csvFraming().endOfRecords(marked, marked.length, true)).toBe(marked.length - 1);
  expect(csvFraming().endOfRecords(marked, 8, true)).toBe(0);
});

it("waits for a header behind more comments than a chunk holds", () => {
  const reader = jsonReader([fieldOf("a", stringType), fieldOf("b", stringType)], { format: "csv", formatOptions: { header: true, comment: "#" } });
  expect(readChunks(reader, ["\ufeff# one\n\n", "# two\n", "b,a\n1,2\n", "3,4\n"].map((text) => utf8.encode(text))).rows).toEqual([{ a: "2", b: "1" }, { a: "4", b: "3" }]);
});

it("reads the same where the text is cut between records, in any dialect", () => {
  const piece = fc.constantFrom("a", ",", '"', '""', "\n", "\r\n", " ", "\\", '\\"', "é", ',"', '",', '"\n');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), fc.constantFrom({}, { escape: "\\" }, { separator: ",\\" }, { ignoreLeadingWhiteSpace: true }), (pieces, options) => {
      const bytes = utf8.encode(pieces.join(""));
      const end = csvFraming(options).endOfRecords(bytes, bytes.length);
      // What is whole stays whole when more comes.
      const more = utf8.encode(`${pieces.join("")}x\n`);
      const fields = [fieldOf("a", stringType)];
      const whole = jsonReader(fields, { format: "csv", formatOptions: { ...options, comment: "\u0001" } });
      const cut = readChunks(whole, [more.subarray(0, end), more.subarray(end)]);
      const straight = readChunks(jsonReader(fields, { format: "csv", formatOptions: { ...options, comment: "\u0001" } }), [more]);
      expect({ ...cut, malformed: cut.malformed.map(({ raw }) => raw) }).toEqual({ ...straight, malformed: straight.malformed.map(({ raw }) => raw) });
    }),
    { numRuns: 200 },
  );
});
