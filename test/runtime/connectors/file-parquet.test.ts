import fc from "fast-check";
import { expect, test } from "vitest";
import { FileTable } from "../../../runtime/connectors/file/file-table.ts";
import { fileStreamSettings } from "../../../runtime/connectors/file/source-settings.ts";
import { fileSink, type FileSinkOptions } from "../../../runtime/connectors/file/sink.ts";
import { fileSource } from "../../../runtime/connectors/file/source.ts";
import type { SinkColumn, SinkContext } from "../../../runtime/connectors/sink.ts";
import type { SourceLog, StreamSource } from "../../../runtime/connectors/source.ts";
import { parquetBlocks } from "../../../runtime/formats/parquet/parquet-blocks.ts";
import type { FieldDescriptor } from "../../../runtime/formats/type-descriptor.ts";
import type { Host } from "../../../runtime/host/host.ts";
import { SimHost } from "../../../runtime/testing/sim-host.ts";
import { SimulatedCrash } from "../../../runtime/errors/simulated-crash.ts";
import { batchOf, runBatch, sinkContext, type TestRow } from "./sink-support.ts";
import { codeOf, sourceContext } from "./support.ts";

const columns: readonly SinkColumn[] = [
  { name: "flag", type: "boolean", nullable: true },
  { name: "small", type: "int", nullable: false },
  { name: "big", type: "long", nullable: true },
  { name: "half", type: "float", nullable: true },
  { name: "ratio", type: "double", nullable: true },
  { name: "name", type: "string", nullable: true },
  { name: "raw", type: "binary", nullable: true },
  { name: "day", type: "date", nullable: true },
  { name: "at", type: "timestamp", nullable: true },
  { name: "took", type: "duration", nullable: true },
  { name: "cents", type: "decimal(9,2)", nullable: true },
  { name: "amount", type: "decimal(18,4)", nullable: true },
  { name: "huge", type: "decimal(38,10)", nullable: true },
  { name: "tags", type: "string?[]", nullable: true, shape: { array: "string?", nullable: true } },
  { name: "place", type: "{ x: int?, inner: { y: double? }? }", nullable: true, shape: { record: [["x", "int?"], ["inner", { record: [["y", "double?"]], nullable: true }]], nullable: true } },
  { name: "must", type: "{ n: long, list: int[] }", nullable: false, shape: { record: [["n", "long"], ["list", { array: "int" }]] } },
  { name: "counts", type: "map<string, long?>", nullable: true, shape: { map: ["string", "long?"], nullable: true } },
  { name: "deep", type: "{ k: string?, n: long?[]? }?[]", nullable: true, shape: { array: { record: [["k", "string?"], ["n", { array: "long?", nullable: true }]], nullable: true }, nullable: true } },
];
const fields = columns.map(({ name, type, nullable, shape }): FieldDescriptor => [name, shape ?? (`${type}${nullable ? "?" : ""}` as FieldDescriptor[1])]);

const integer = (min: bigint, max: bigint): fc.Arbitrary<number | bigint> => fc.bigInt({ min, max }).map((value) => (value >= BigInt(-Number.MAX_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value));
const long = integer(-(2n ** 63n), 2n ** 63n - 1n);
const decimal = (precision: bigint): fc.Arbitrary<number | bigint> => integer(1n - 10n ** precision, 10n ** precision - 1n);
const or = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { nil: null });
const words = fc.oneof(fc.constantFrom("", "a", "grün", "世界🚀", "__proto__"), fc.string({ unit: "grapheme" }).filter((text) => !/\p{Surrogate}/u.test(text)));
const double = fc.oneof(fc.constantFrom(0, -0, NaN, Infinity, -Infinity, 5e-324), fc.double());

const anyRow = fc.record({
  flag: or(fc.boolean()),
  small: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  big: or(long),
  half: or(fc.float()),
  ratio: or(double),
  name: or(words),
  raw: or(fc.uint8Array({ maxLength: 20 })),
  day: or(fc.integer({ min: -719_162, max: 2_932_896 })),
  at: or(fc.integer({ min: -9_000_000_000_000_000, max: 9_000_000_000_000_000 })),
  took: or(fc.maxSafeInteger()),
  cents: or(decimal(9n)),
  amount: or(decimal(18n)),
  huge: or(decimal(38n)),
  tags: or(fc.array(or(words), { maxLength: 4 })),
  place: or(fc.record({ x: or(fc.integer({ min: -5, max: 5 })), inner: or(fc.record({ y: or(double) })) })),
  must: fc.record({ n: long, list: fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 3 }) }),
  counts: or(fc.array(fc.tuple(words, or(long)), { maxLength: 4 }).map((pairs) => new Map(pairs))),
  deep: or(fc.array(or(fc.record({ k: or(words), n: or(fc.array(or(long), { maxLength: 3 })) })), { maxLength: 3 })),
});

type AnyRow = Readonly<Record<string, unknown>>;

async function write(host: Host, rows: readonly AnyRow[], options: Partial<FileSinkOptions> = {}): Promise<void> {
  const { message: _, ...given } = sinkContext(host);
  const context: SinkContext<AnyRow> = { ...given, encodeJson: () => expect.unreachable("a Parquet file needs no JSON"), columns };
  const sink = await fileSink({ path: "out", format: "parquet", ...options }).open(context);
  sink.begin(batchOf(0));
  for (const row of rows) sink.write("+I", row);
  await sink.prepare(batchOf(0));
  await sink.commit(batchOf(0));
  await sink.close();
}

async function read(host: Host, described: readonly FieldDescriptor[], path = "out"): Promise<readonly AnyRow[]> {
  const table = new FileTable({ ...sourceContext(host), blocks: parquetBlocks(described) }, fileStreamSettings({ path }));
  const rows: AnyRow[] = [];
  for await (const { block, file, origin } of table.read()) {
    expect(file?.path).toBe(origin);
    if (block === undefined) continue;
    expect(block.malformed).toBeUndefined();
    for (let row = 0; row < block.rows; row++) rows.push(Object.fromEntries(described.map(([name], column) => [name, block.columns[column]?.[row]])));
  }
  return rows;
}

test("what a sink writes is read back equal, whatever the values and the codec", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyRow, { minLength: 1, maxLength: 12 }), fc.constantFrom("none" as const, "gzip" as const, "snappy" as const, "zstd" as const), async (rows, compression) => {
      const host = new SimHost();
      await write(host, rows, { compression });
      expect(await read(host, fields)).toEqual(rows);
    }),
    { numRuns: 60 },
  );
}, 60_000);

test("many rows are several row groups of many pages, and are read in blocks", async () => {
  const host = new SimHost();
  const small: readonly SinkColumn[] = [{ name: "id", type: "long", nullable: false }, { name: "name", type: "string", nullable: true }];
  const sink = await fileSink({ path: "out", format: "parquet" }).open<TestRow>({ ...sinkContext(host), columns: small });
  sink.begin(batchOf(0));
  for (let id = 0; id < 150_000; id++) sink.write("+I", { id, name: id % 3 === 0 ? null : `name ${id % 1000}` });
  await sink.prepare(batchOf(0));
  await sink.commit(batchOf(0));
  const rows = await read(host, [["id", "long"], ["name", "string?"]]);
  expect(rows.length).toBe(150_000);
  expect(rows.every(({ id, name }, at) => id === at && name === (at % 3 === 0 ? null : `name ${at % 1000}`))).toBe(true);
});

test("rows go into folders by `partitionBy`, each file without those columns", async () => {
  const host = new SimHost();
  const sink = await fileSink({ path: "out", format: "parquet", partitionBy: ["name"] }).open(sinkContext(host));
  await runBatch(sink, batchOf(0), [["+I", 1, "a"], ["+I", 2n ** 60n, "b"], ["+I", 3, null]]);
  expect(host.fs.files("/home/out").filter((path) => path.includes("part-"))).toEqual(["/home/out/name=__HIVE_DEFAULT_PARTITION__/part-0-2-1.parquet", "/home/out/name=a/part-0-0-1.parquet", "/home/out/name=b/part-0-1-1.parquet"]);
  expect(await read(host, [["id", "long"], ["name", "string?"]], "out/name=b")).toEqual([{ id: 2n ** 60n, name: null }]);
});

test("a changelog has the kind of each row in a first column", async () => {
  const host = new SimHost();
  const sink = await fileSink({ path: "out", format: "parquet", changelog: "op" }).open(sinkContext(host, { mode: "update" }));
  await runBatch(sink, batchOf(0), [["+I", 1], ["+U", 1], ["-D", 1]]);
  expect((await read(host, [["op", "string"], ["id", "long"]])).map(({ op }) => op)).toEqual(["+I", "+U", "-D"]);
});

test("a result that is replaced is one file, also without rows", async () => {
  const host = new SimHost();
  const sink = await fileSink({ path: "out", format: "parquet", replace: true }).open(sinkContext(host, { mode: "complete" }));
  await runBatch(sink, batchOf(0), [["+I", 1]]);
  await runBatch(sink, batchOf(1), []);
  expect(host.fs.files("/home/out").filter((path) => path.includes("part-"))).toEqual(["/home/out/part-0-0-0.parquet"]);
  expect(await read(host, [["id", "long"]])).toEqual([]);
});

test("a crash between any two writes, and a restart, give each row once", async () => {
  const rows = [["+I", 1, "a"], ["+I", 2, "b"], ["+I", 3, "a"]] as const;
  const open = async (host: Host) => fileSink({ path: "out", format: "parquet", partitionBy: ["name"] }).open(sinkContext(host));
  const straight = new SimHost();
  await runBatch(await open(straight), batchOf(0), rows);
  for (let at = 0; at < straight.reached.length; at++) {
    for (const loss of ["power loss", "kill"] as const) {
      const point = straight.reached[at] ?? "";
      const host = new SimHost();
      host.crashAt(point, straight.reached.slice(0, at + 1).filter((name) => name === point).length);
      await expect((async () => runBatch(await open(host), batchOf(0), rows))(), point).rejects.toThrow(SimulatedCrash);
      const next = host.afterCrash(loss);
      await runBatch(await open(next), batchOf(0, 2), rows);
      expect((await read(next, [["id", "long"]])).map(({ id }) => Number(id)).sort(), `${point} ${loss}`).toEqual([1, 2, 3]);
    }
  }
});

test("a stream takes each file once; files that changed, are gone, or lie in an archive are errors", async () => {
  const host = new SimHost();
  await write(host, [{ small: 1, must: { n: 1, list: [] } }, { small: 2, must: { n: 2, list: [] } }]);
  const bytes = host.fs.readFile("/home/out/part-0-0-1.parquet") ?? new Uint8Array(0);
  const put = (path: string, content: Uint8Array): void => {
    const file = host.fs.open(path, "truncate");
    file.write(content);
    file.close();
  };
  host.fs.makeDirectory("/home/in");
  put("/home/in/a.parquet", bytes);
  const open = async (): Promise<StreamSource> => {
    const entries = new Map<number, Uint8Array>();
    const log: SourceLog = { entries: () => [...entries.keys()], read: (batch) => entries.get(batch), write: (batch, payload) => void entries.set(batch, payload), removeBelow: () => undefined };
    return fileSource({ path: "in" }).openStream?.({ ...sourceContext(host, { log, format: "parquet" }), blocks: parquetBlocks([["small", "int"]]) }) ?? expect.unreachable("a file source is a stream");
  };
  const stream = await open();
  const to = (await stream.latest(undefined, 0, false)) ?? "";
  const values: unknown[] = [];
  for await (const { block } of stream.read(undefined, to)) values.push(...(block?.columns[0] ?? []));
  expect(values).toEqual([1, 2]);
  put("/home/in/a.parquet", bytes.subarray(0, 100));
  expect(await codeOf(async () => { for await (const _ of stream.read(undefined, to)); })).toBe("R7204");
  host.fs.remove("/home/in/a.parquet");
  put("/home/in/b.parquet.gz", bytes);
  const archives = await open();
  const end = (await archives.latest(undefined, 0, false)) ?? "";
  expect(await codeOf(async () => { for await (const _ of archives.read(undefined, end)); })).toBe("R7208");
});
