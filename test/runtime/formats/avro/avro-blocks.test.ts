import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { avroBlocks } from "../../../../runtime/formats/avro/avro-blocks.ts";
import { containerHeader, longBytes } from "../../../../runtime/formats/avro/container-header.ts";
import type { Block, BlockFile } from "../../../../runtime/formats/block-format.ts";
import type { FieldDescriptor } from "../../../../runtime/formats/type-descriptor.ts";
import { nodeCompression } from "../../../../runtime/host/node-compression.ts";
import { zstdOfRepeats } from "../../../support/bombs.ts";

const facts = new URL("../../../facts/avro/", import.meta.url);

const everything: readonly FieldDescriptor[] = [
  ["id", "long"], ["flag", "boolean"], ["small", "int"], ["big", "long?"], ["single", "float"], ["precise", "double?"], ["text", "string"], ["note", "string?"], ["raw", "binary"],
  ["digest", "binary"], ["color", "string"], ["price", "decimal(38,10)"], ["tax", "decimal(18,2)?"], ["day", "date"], ["millis", "timestamp"], ["micros", "timestamp"], ["local", "timestamp"],
  ["time", "duration"], ["uuid", "string"], ["tags", { array: "string?" }], ["counts", { map: ["string", "long"] }],
  ["place", { record: [["city", "string"], ["points", { array: { record: [["x", "double"], ["y", "double?"]] } }]], nullable: true }],
];

function fileOf(bytes: Uint8Array, path = "a.avro"): BlockFile {
  return { path, size: bytes.length, compression: nodeCompression, read: (position, length) => bytes.slice(position, position + length) };
}

async function blocksOf(bytes: Uint8Array, fields: readonly FieldDescriptor[], schema?: string): Promise<readonly Block[]> {
  const blocks: Block[] = [];
  for await (const block of avroBlocks(fields, schema === undefined ? {} : { schema }).blocks(fileOf(bytes), new AbortController().signal)) blocks.push(block);
  return blocks;
}

async function rowsOf(bytes: Uint8Array, fields: readonly FieldDescriptor[], schema?: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  return (await blocksOf(bytes, fields, schema)).flatMap((block) => Array.from({ length: block.rows }, (_, row) => Object.fromEntries(fields.map(([name], column) => [name, block.columns[column]?.[row]]))));
}

/** As `make.py` writes what it expects. */
function shown(row: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const integer = (value: unknown): unknown => (value === null ? null : String(value));
  const hex = (value: unknown): unknown => (value instanceof Uint8Array ? Buffer.from(value).toString("hex") : value);
  const { counts } = row;
  return {
    ...row, id: integer(row["id"]), big: integer(row["big"]), price: integer(row["price"]), tax: integer(row["tax"]), raw: hex(row["raw"]), digest: hex(row["digest"]),
    counts: counts instanceof Map ? [...(counts as ReadonlyMap<string, unknown>)].map(([key, value]) => [key, String(value)]) : counts, unread: null,
  };
}

const expected: readonly unknown[] = readFileSync(new URL("everything.json", facts), "utf8").trim().split("\n").map((line): unknown => JSON.parse(line));

it.each(["null", "deflate", "snappy", "zstandard"])("reads what another implementation wrote, packed with %s", async (codec) => {
  const rows = await rowsOf(readFileSync(new URL(`everything-${codec}.avro`, facts)), everything);
  expect(rows.map(shown)).toEqual(expected);
});

it("decodes the wanted columns only, in the order in which they are asked for", async () => {
  const bytes = readFileSync(new URL("everything-null.avro", facts));
  const blocks = await blocksOf(bytes, [["color", "string"], ["id", "long"]]);
  expect(blocks.length).toBeGreaterThan(1);
  expect(blocks[0]?.columns.map((column) => column.slice(0, 4))).toEqual([["RED", "GREEN", "BLUE", "RED"], [0, 1, -1, 9007199254740993n]]);
  expect(blocks.map(({ first }) => first)).toEqual(blocks.map((_, at) => blocks.slice(0, at).reduce((sum, { rows }) => sum + rows, 0)));
});

it("gives null for a column that the file has not, where the column may be null", async () => {
  const bytes = readFileSync(new URL("everything-null.avro", facts));
  const rows = await rowsOf(bytes, [["id", "long"], ["added", "string?"]]);
  expect(rows[1]).toEqual({ id: 1, added: null });
  await expect(rowsOf(bytes, [["added", "string"]])).rejects.toMatchObject({ code: "R7757", where: "a.avro", what: "the schema facts.Everything has no field `added`, which may not be null" });
});

it("makes a row malformed whose value its column cannot hold", async () => {
  const [first] = await blocksOf(readFileSync(new URL("everything-null.avro", facts)), [["price", "decimal(10,2)"]]);
  expect(first?.columns[0]?.[0]).toBe(0);
  expect(first?.malformed?.get(1)).toBe("`price` is -0.0000000001, which is no decimal(10,2)");
  const [notes] = await blocksOf(readFileSync(new URL("everything-null.avro", facts)), [["note", "string"]]);
  expect(notes?.malformed?.get(1)).toBe("`note` is null, which it may not be");
});

it("names the column that cannot be read from the file's schema", async () => {
  const bytes = readFileSync(new URL("everything-null.avro", facts));
  await expect(rowsOf(bytes, [["text", "int"]])).rejects.toMatchObject({ code: "R7757", what: "`text` is string in the schema, which cannot be read as int" });
  await expect(rowsOf(bytes, [["id", "timestamp"]])).rejects.toMatchObject({ what: "`id` is long in the schema, which cannot be read as timestamp; it has no unit: read it as a long" });
  await expect(rowsOf(bytes, [["place", { record: [["city", "long"]], nullable: true }]])).rejects.toMatchObject({ what: "`place.city` is string in the schema, which cannot be read as long" });
});

it("resolves a schema file against the file's own: aliases, defaults and promotions", async () => {
  const reader = JSON.stringify({
    type: "record", name: "Renamed", fields: [
      { name: "number", type: "double", aliases: ["small"] },
      { name: "source", type: "string", default: "unknown" },
      { name: "limits", type: { type: "map", values: "long" }, default: { most: 7 } },
    ],
  });
  const [first, second] = await rowsOf(readFileSync(new URL("everything-null.avro", facts)), [["number", "double"], ["source", "string"], ["limits", { map: ["string", "long"] }]], reader);
  expect([first, second]).toEqual([{ number: 0, source: "unknown", limits: new Map([["most", 7]]) }, { number: -1, source: "unknown", limits: new Map([["most", 7]]) }]);
});

it("says where a file is damaged that is cut off anywhere", async () => {
  const bytes = readFileSync(new URL("everything-deflate.avro", facts));
  const whole = (await rowsOf(bytes, everything)).length;
  for (let length = 0; length < bytes.length; length += 97) {
    const rows = rowsOf(bytes.subarray(0, length), everything);
    const ended = await rows.then((found) => found.length, (error: unknown) => error);
    if (typeof ended === "number") expect(ended, `${length} bytes`).toBeLessThan(whole);
    else expect(ended, `${length} bytes`).toMatchObject({ code: "R7758", where: expect.stringMatching(/^a\.avro, byte \d+$/) });
  }
});

it("fails with a code, or reads something else, whichever byte is changed", async () => {
  for (const codec of ["null", "deflate", "snappy", "zstandard"]) {
    const bytes = readFileSync(new URL(`everything-${codec}.avro`, facts));
    for (let at = 0; at < bytes.length; at += 53) {
      const changed = new Uint8Array(bytes);
      changed[at] = (changed[at] ?? 0) ^ 0xff;
      await rowsOf(changed, everything).catch((error: unknown) => expect(error, `${codec}, byte ${at}`).toMatchObject({ code: expect.stringMatching(/^R775[789]$/) }));
    }
  }
});

it("refuses what is packed with an unknown codec", async () => {
  const bytes = Buffer.from(readFileSync(new URL("everything-deflate.avro", facts)).toString("latin1").replace("deflate", "inflate"), "latin1");
  await expect(rowsOf(bytes, everything)).rejects.toMatchObject({ code: "R7759" });
});

const mark = new Uint8Array(16);

function container(schema: unknown, codec: string, rows: number, content: Uint8Array): Uint8Array {
  return Buffer.concat([containerHeader(JSON.stringify(schema), codec, mark), longBytes(rows), longBytes(content.length), content, mark]);
}

const nothing = { type: "record", name: "Nothing", fields: [{ name: "a", type: "null" }] };

it("refuses a block that a few bytes would make too long, before it is unpacked", async () => {
  const schema = { type: "record", name: "Text", fields: [{ name: "a", type: "string" }] };
  const before = process.memoryUsage().rss;
  await expect(rowsOf(container(schema, "zstandard", 1, zstdOfRepeats(1_000_000_000)), [["a", "string"]])).rejects.toMatchObject({ code: "R7758", what: expect.stringContaining("1000000000 bytes, more than 268435456") });
  // A window of nearly 2 GiB, in a frame of a byte.
  const window = Uint8Array.of(0x28, 0xb5, 0x2f, 0xfd, 0, (20 << 3) | 7, 9, 0, 0, 0);
  await expect(rowsOf(container(schema, "zstandard", 1, window), [["a", "string"]])).rejects.toMatchObject({ code: "R7758" });
  expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
  expect(await rowsOf(container(schema, "zstandard", 5, zstdOfRepeats(5)), [["a", "string"]])).toHaveLength(5);
});

it("refuses more rows of no bytes than anybody writes, and ends when the query is interrupted among those that it reads", async () => {
  await expect(rowsOf(container(nothing, "null", 2 ** 50, new Uint8Array(0)), [["a", "int?"]])).rejects.toMatchObject({ code: "R7769", what: "a block of the Avro file says that it has 1125899906842624 rows in 0 bytes" });
  expect(await rowsOf(container(nothing, "null", 5000, new Uint8Array(0)), [["a", "int?"]])).toHaveLength(5000);
  const interrupted = new AbortController();
  const blocks = avroBlocks([["a", "int?"]]).blocks(fileOf(container(nothing, "null", 1 << 24, new Uint8Array(0))), interrupted.signal)[Symbol.asyncIterator]();
  await blocks.next();
  interrupted.abort(new Error("stop"));
  await expect(blocks.next()).rejects.toThrow("stop");
});
