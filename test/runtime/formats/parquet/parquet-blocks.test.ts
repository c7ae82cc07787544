import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { SluiceRuntimeError } from "../../../../runtime/errors/runtime-error.ts";
import type { Block } from "../../../../runtime/formats/block-format.ts";
import type { FieldDescriptor } from "../../../../runtime/formats/type-descriptor.ts";
import type { RowGroupTest } from "../../../../runtime/formats/parquet/row-group-test.ts";
import { parquetBlocks } from "../../../../runtime/formats/parquet/parquet-blocks.ts";
import { decodeJsonText } from "../../../../runtime/formats/json-decode.ts";
import { ParquetWriting } from "../../../../runtime/formats/parquet/parquet-writing.ts";
import { BlockRecords } from "../../../../runtime/formats/readers/block-records.ts";
import { valueType } from "../../../../runtime/formats/value-type.ts";
import { fileOfOneRun } from "../../../support/bombs.ts";
import { blocksOf, factFile, fileOf, rowsOf } from "./support.ts";

const sparkFields: readonly FieldDescriptor[] = [["id", "long?"], ["name", "string?"], ["price", "decimal(20,3)?"], ["n", "int?"], ["at", "timestamp?"]];

async function failureOf(action: Promise<unknown>): Promise<SluiceRuntimeError> {
  return action.then(
    () => expect.unreachable("nothing failed"),
    (error: unknown) => (error instanceof SluiceRuntimeError ? error : expect.unreachable(`not a coded error: ${String(error)}`)),
  );
}

test("only the declared columns are read, and rows come in blocks of a few thousand", async () => {
  const whole = factFile("spark-groups.parquet");
  await rowsOf(whole, sparkFields);
  const one = factFile("spark-groups.parquet");
  const blocks = await blocksOf(one, [["n", "int?"]]);
  expect(one.bytesRead).toBeLessThan(whole.bytesRead / 3);
  expect(blocks.reduce((sum, { rows }) => sum + rows, 0)).toBe(6000);
  expect(Math.max(...blocks.map(({ rows }) => rows))).toBeLessThanOrEqual(4096);
  expect(blocks.map(({ first }) => first)).toEqual([...blocks.map(({ first }) => first)].sort((a, b) => a - b));
});

test("row groups in which no row can pass are not read, and none that holds one is left out", async () => {
  const all = await rowsOf(factFile("spark-groups.parquet"), sparkFields);
  const meets = (row: Readonly<Record<string, unknown>>, [column, test, value]: RowGroupTest): boolean => {
    const found = row[column];
    if (test === "is null") return found === null;
    if (test === "is not null") return found !== null;
    if (found === null || found === undefined) return false;
    if (test === "in") return Array.isArray(value) && value.includes(found);
    const compared = found as number;
    const constant = value as number;
    return test === "=" ? compared === constant : test === "<" ? compared < constant : test === "<=" ? compared <= constant : test === ">" ? compared > constant : compared >= constant;
  };
  const number = fc.integer({ min: -10, max: 6010 });
  const comparison = fc.constantFrom("=" as const, "<" as const, "<=" as const, ">" as const, ">=" as const);
  const someTest: fc.Arbitrary<RowGroupTest> = fc.oneof(
    fc.tuple(fc.constantFrom("id", "n"), comparison, number),
    fc.tuple(fc.constant("price"), comparison, number.map((value) => value * 1000)),
    fc.tuple(fc.constant("at"), comparison, number.map((value) => value * 1_000_000)),
    fc.tuple(fc.constant("name"), comparison, fc.constantFrom("n0", "n3", "n6", "n7", "", "zz")),
    fc.tuple(fc.constant("id"), fc.constant("in" as const), fc.array(number, { minLength: 1, maxLength: 3 })),
    fc.tuple(fc.constantFrom("id", "n"), fc.constantFrom("is null" as const, "is not null" as const)) as fc.Arbitrary<RowGroupTest>,
  );
  await fc.assert(
    fc.asyncProperty(fc.array(someTest, { minLength: 1, maxLength: 2 }), async (rowGroups) => {
      const read = await rowsOf(factFile("spark-groups.parquet"), sparkFields, { rowGroups });
      const passes = (row: Readonly<Record<string, unknown>>): boolean => rowGroups.every((each) => meets(row, each));
      expect(read.filter(passes)).toEqual(all.filter(passes));
    }),
    { numRuns: 25 },
  );
  const file = factFile("spark-groups.parquet");
  expect((await rowsOf(file, sparkFields, { rowGroups: [["id", ">", 5990]] })).length).toBeLessThan(3000);
  expect(await rowsOf(factFile("spark-groups.parquet"), sparkFields, { rowGroups: [["name", "=", "zz"]] })).toEqual([]);
});

test("a row group that may hold malformed rows is read whatever the filter", async () => {
  const blocks = await blocksOf(factFile("spark-groups.parquet"), [["id", "long"], ["n", "int"]], { rowGroups: [["id", "<", 0]] });
  expect(blocks.flatMap(({ malformed }) => [...(malformed?.values() ?? [])]).length).toBe(1200);
  expect([...(blocks[0]?.malformed ?? [])][0]).toEqual([0, "the field `n` is null, which is no int"]);
});

test.each<readonly [type: "date" | "timestamp" | "duration" | "int", fits: number | bigint, not: number | bigint, error: string]>([
  ["date", 2_932_896, 2_932_897, "the field `v` is day 2932897, which is no date"],
  ["date", -719_162, -719_163, "the field `v` is day -719163, which is no date"],
  ["timestamp", 2n ** 53n - 1n, 2n ** 53n + 1n, "the field `v` is 9007199254740993 microseconds, which is no timestamp that can be held: beyond the years 1684 to 2255 not every microsecond is"],
  ["timestamp", -(2n ** 53n) + 1n, -62_135_596_800_000_001n, "the field `v` is -62135596800000001 microseconds, which is no timestamp"],
  ["duration", 2n ** 53n - 1n, 2n ** 53n, "the field `v` is 9007199254740992 microseconds, which is no duration"],
  ["int", -(2n ** 31n), -(2n ** 31n) - 1n, "the field `v` is -2147483649, which is no int"],
])("a row group is read for a malformed %s and left out where statistics say that all fit: %s, but not %s", async (kind, fits, not, error) => {
  const written = kind === "int" ? valueType("long?") : valueType(`${kind}?`);
  const blocksWith = async (...values: readonly (number | bigint | null)[]): Promise<readonly Block[]> => {
    const writing = new ParquetWriting([{ name: "n", type: valueType("int") }, { name: "v", type: written }], { codec: "UNCOMPRESSED" });
    values.forEach((value, at) => writing.add((column) => (column === 0 ? at : value)));
    const file = fileOf(Buffer.concat([Buffer.from(writing.rowGroup()), Buffer.from(writing.finish())]));
    return blocksOf(file, [["n", "int"], ["v", `${kind}?`]], { rowGroups: [["n", "<", 0]], timeZone: "Europe/Madrid" });
  };
  const [block] = await blocksWith(fits, null, not);
  expect([...(block?.malformed ?? [])]).toEqual([[2, error]]);
  expect(await blocksWith(fits, null)).toEqual([]);
  expect(await blocksWith(null, null)).toEqual([]);
});

test("statistics also tell whether dates within lists fit, and times that are no instants", async () => {
  const blocksWith = async (...days: readonly number[]): Promise<readonly Block[]> => {
    const writing = new ParquetWriting([{ name: "n", type: valueType("int") }, { name: "v", type: valueType({ array: "date", nullable: true }) }], { codec: "UNCOMPRESSED" });
    [null, [], days].forEach((value, at) => writing.add((column) => (column === 0 ? at : value)));
    return blocksOf(fileOf(Buffer.concat([Buffer.from(writing.rowGroup()), Buffer.from(writing.finish())])), [["n", "int"], ["v", { array: "date?", nullable: true }]], { rowGroups: [["n", "<", 0]] });
  };
  expect(await blocksWith(0, 2_932_896)).toEqual([]);
  const [block] = await blocksWith(0, 2_932_897);
  expect([...(block?.malformed ?? [])]).toEqual([[2, "the field `v[]` is day 2932897, which is no date"]]);
  expect(await blocksOf(factFile("duckdb-types.parquet"), [["u8", "long"], ["local", "timestamp?"]], { rowGroups: [["u8", "<", 0]], timeZone: "Europe/Madrid" })).toEqual([]);
});

test("a value that does not fit makes its row malformed", async () => {
  const [block] = await blocksOf(factFile("spark-none.parquet"), [["l", "int?"], ["d18", "decimal(12,6)?"]]);
  expect([...(block?.malformed ?? [])]).toEqual([
    [0, "the field `l` is 9223372036854775807, which is no int"],
    [1, "the field `l` is -9223372036854775808, which is no int"],
    [3, "the field `l` is 9007199254740993, which is no int"],
  ]);
});

test("whoever is shown a malformed row sees the value that does not fit", async () => {
  const [block] = await blocksOf(factFile("spark-none.parquet"), [["l", "int?"]]);
  const records = new BlockRecords({ malformedAsNull: false }, ["l"]);
  records.begin({ bytes: new Uint8Array(0), start: 0, end: 0, origin: "a.parquet", offset: 0, ...(block === undefined ? {} : { block }) });
  for (let at = 0; at < 4; at++) records.take(at, 0);
  expect(records.batch(0, {}).malformed.map(({ raw }) => Buffer.from(raw).toString())).toEqual(['{"l":"9223372036854775807"}', '{"l":"-9223372036854775808"}', '{"l":"9007199254740993"}']);
});

test("timestamps are those that can be held exactly, as in formats of text; of another the reason is told", async () => {
  const times = ["9999-12-31T23:59:59Z", "2300-01-01T00:00:00.5Z", "9999-12-31T23:59:59.999999Z"];
  const writing = new ParquetWriting([{ name: "at", type: valueType("timestamp") }], { codec: "UNCOMPRESSED" });
  const micros = [253_402_300_799_000_000n, 10_413_792_000_500_000n, 253_402_300_799_999_999n];
  for (const each of micros) writing.add(() => each);
  const file = fileOf(Buffer.concat([Buffer.from(writing.rowGroup()), Buffer.from(writing.finish())]));
  const [block] = await blocksOf(file, [["at", "timestamp"]]);
  expect([...(block?.malformed ?? [])]).toEqual([[2, expect.stringContaining("no timestamp that can be held: beyond the years 1684 to 2255")]]);
  const ofText = times.map((text) => decodeJsonText(JSON.stringify(text), valueType("timestamp")).value);
  expect(ofText).toEqual([block?.columns[0]?.[0], block?.columns[0]?.[1], null]);
});

test("columns that a file lacks are null, or an error where they may not be", async () => {
  expect(await rowsOf(factFile("duckdb-types.parquet"), [["none", "string?"], ["u8", "long"]])).toEqual([{ none: null, u8: 255 }]);
  expect(await failureOf(rowsOf(factFile("duckdb-types.parquet"), [["none", "string"]]))).toMatchObject({ code: "R7772", what: "a Parquet file has no column `none`" });
  const place: FieldDescriptor = ["rec", { record: [["other", "int?"]], nullable: true }];
  expect((await rowsOf(factFile("spark-none.parquet"), [place])).map(({ rec }) => rec)).toEqual([{ other: null }, { other: null }, null, { other: null }]);
});

test("a column of another type is an error that names it", async () => {
  const cases: readonly (readonly [FieldDescriptor, string])[] = [
    [["s", "long?"], "the column `s` of a Parquet file is BYTE_ARRAY (STRING), which cannot be read as long"],
    [["d18", "decimal(18,2)?"], "the column `d18` of a Parquet file is INT64 (DECIMAL(18,6)), which cannot be read as decimal(18,2)"],
    [["list", { array: "string?", nullable: true }], "the column `list[]` of a Parquet file is INT32, which cannot be read as string"],
    [["map", { record: [["a", "int?"]], nullable: true }], 'the column `map` of a Parquet file is a map, which cannot be read as { "a": int? }'],
  ];
  for (const [field, what] of cases) expect(await failureOf(rowsOf(factFile("spark-none.parquet"), [field]))).toMatchObject({ code: "R7773", what });
});

test("a timestamp that is no instant is in the zone that is given", async () => {
  const [row] = await rowsOf(factFile("duckdb-types.parquet"), [["local", "timestamp"]], { timeZone: "Europe/Madrid" });
  expect(row).toEqual({ local: Date.UTC(2023, 11, 31, 23, 0, 0, 500) * 1000 });
});

test("a file that is cut off, changed or none at all is a coded error, and nothing else", async () => {
  const bytes = readFileSync(new URL("../../../facts/parquet/spark-gzip.parquet", import.meta.url));
  const fields: readonly FieldDescriptor[] = [["l", "long?"], ["s", "string?"], ["recs", { array: { record: [["k", "string?"], ["n", { array: "long?", nullable: true }]], nullable: true }, nullable: true }], ["map", { map: ["string", "long?"], nullable: true }], ["d38", "decimal(38,10)?"]];
  for (const length of [0, 3, 11, 12, 100, bytes.length - 1]) expect((await failureOf(rowsOf(fileOf(bytes.subarray(0, length)), fields))).code).toBe("R7770");
  const encrypted = Buffer.from(bytes);
  encrypted.write("PARE", encrypted.length - 4);
  expect((await failureOf(rowsOf(fileOf(encrypted), fields))).code).toBe("R7771");
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.nat(bytes.length - 9), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 4 }), async (changes) => {
      const changed = Buffer.from(bytes);
      for (const [at, value] of changes) changed[at] = value;
      await rowsOf(fileOf(changed), fields).catch((error: unknown) => expect(error).toBeInstanceOf(SluiceRuntimeError));
    }),
    { numRuns: 400 },
  );
}, 60_000);

test("reading ends when the query is interrupted", async () => {
  const { parquetBlocks } = await import("../../../../runtime/formats/parquet/parquet-blocks.ts");
  const stop = new AbortController();
  const read = parquetBlocks(sparkFields).blocks(factFile("spark-groups.parquet"), stop.signal)[Symbol.asyncIterator]();
  await read.next();
  stop.abort(new Error("interrupted"));
  await expect(read.next()).rejects.toThrow("interrupted");
});

test("a page of a few bytes that stands for millions of rows takes the memory of the rows that are read", async () => {
  const file = fileOf(fileOfOneRun(60_000_000));
  expect(file.size).toBeLessThan(200);
  const before = process.memoryUsage().rss;
  const blocks = parquetBlocks([["a", "int"]]).blocks(file, new AbortController().signal)[Symbol.asyncIterator]();
  const { value } = await blocks.next();
  expect(value?.columns[0]?.slice(0, 3)).toEqual([0, 0, 0]);
  for (let read = 1; read < 100; read++) expect((await blocks.next()).value?.rows).toBe(4096);
  await blocks.return?.();
  expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
  expect(await rowsOf(fileOf(fileOfOneRun(10_000)), [["a", "int"]])).toEqual(new Array(10_000).fill({ a: 0 }));
});
