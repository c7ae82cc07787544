import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { fileSink } from "../../runtime/connectors/file/sink.ts";
import type { SinkColumn, SinkContext } from "../../runtime/connectors/sink.ts";
import { nodeHost } from "../../runtime/host/node-host.ts";

/** A Python with DuckDB: `DUCKDB_PYTHON`, or `python3` where it has it. */
const python = [process.env["DUCKDB_PYTHON"] ?? "python3"].find((name) => spawnSync(name, ["-c", "import duckdb"]).status === 0);
if (python === undefined) console.warn("no Python with DuckDB here (`DUCKDB_PYTHON=…`): whether it reads what the sink writes is not tested");

const columns: readonly SinkColumn[] = [
  { name: "flag", type: "boolean", nullable: true },
  { name: "small", type: "int", nullable: false },
  { name: "big", type: "long", nullable: true },
  { name: "ratio", type: "double", nullable: true },
  { name: "name", type: "string", nullable: true },
  { name: "raw", type: "binary", nullable: true },
  { name: "day", type: "date", nullable: true },
  { name: "at", type: "timestamp", nullable: true },
  { name: "cents", type: "decimal(9,2)", nullable: true },
  { name: "amount", type: "decimal(18,4)", nullable: true },
  { name: "huge", type: "decimal(38,10)", nullable: true },
  { name: "tags", type: "string?[]", nullable: true, shape: { array: "string?", nullable: true } },
  { name: "place", type: "{ x: int?, inner: { y: double? }? }", nullable: true, shape: { record: [["x", "int?"], ["inner", { record: [["y", "double?"]], nullable: true }]], nullable: true } },
  { name: "counts", type: "map<string, long?>", nullable: true, shape: { map: ["string", "long?"], nullable: true } },
];

const rows: readonly Readonly<Record<string, unknown>>[] = [
  {
    flag: true, small: -(2 ** 31), big: 2n ** 63n - 1n, ratio: -0.5, name: "Grüße, 世界 🚀", raw: new Uint8Array([0, 255]), day: 19_782, at: 1_709_210_096_789_012, cents: -123_456_789, amount: -1n - 2n ** 58n,
    huge: 10n ** 38n - 1n, tags: ["a", null, ""], place: { x: 1, inner: { y: 2.5 } }, counts: new Map<string, unknown>([["a", 1], ["b", null]]),
  },
  { ...Object.fromEntries(columns.map(({ name }) => [name, null])), small: 0 },
  { flag: false, small: 7, big: 2n ** 53n + 1n, ratio: Infinity, name: "", raw: new Uint8Array(0), day: -719_162, at: -1, cents: 0, amount: 1, huge: -1, tags: [], place: { x: null, inner: null }, counts: new Map() },
];

test.skipIf(python === undefined).each(["none", "gzip", "snappy", "zstd"] as const)("DuckDB reads what the sink writes with the compression %s", async (compression) => {
  const folder = mkdtempSync(join(tmpdir(), "sluice-parquet-"));
  try {
    const context: SinkContext<Readonly<Record<string, unknown>>> = { host: nodeHost(), queryName: "q", mode: "append", columns, key: undefined, encodeJson: () => {}, durable: true, bounded: true, warn: () => {} };
    const batch = { id: 0, attempt: 1, incarnation: 1, lateWatermark: 0, evictWatermark: 0, timestamp: 0 };
    const sink = await fileSink({ path: join(folder, "out"), format: "parquet", compression }).open(context);
    sink.begin(batch);
    // Enough for a dictionary, too.
    for (let at = 0; at < 300; at++) for (const row of rows) sink.write("+I", row);
    await sink.prepare(batch);
    await sink.commit(batch);
    const files = readdirSync(join(folder, "out")).filter((name) => name.endsWith(".parquet")).map((name) => join(folder, "out", name));
    const { stdout, stderr } = spawnSync(python ?? "", [fileURLToPath(new URL("parquet-interchange.py", import.meta.url)), ...files], { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
    expect(stderr).toBe("");
    const lines = stdout.trimEnd().split("\n");
    expect(lines.length).toBe(900);
    expect(lines.slice(0, 3).map((line): unknown => JSON.parse(line))).toEqual([
      {
        flag: true, small: -(2 ** 31), big: "9223372036854775807", ratio: -0.5, name: "Grüße, 世界 🚀", raw: "00ff", day: 19_782, at: 1_709_210_096_789_012, cents: "-1234567.89", amount: "-28823037615171.1745",
        huge: "9999999999999999999999999999.9999999999", tags: ["a", null, ""], place: { x: 1, inner: { y: 2.5 } }, counts: [["a", 1], ["b", null]],
      },
      rows[1],
      { flag: false, small: 7, big: "9007199254740993", ratio: "Infinity", name: "", raw: "", day: -719_162, at: -1, cents: "0.00", amount: "0.0001", huge: "-0.0000000001", tags: [], place: { x: null, inner: null }, counts: [] },
    ]);
    expect(new Set(lines).size).toBe(3);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
