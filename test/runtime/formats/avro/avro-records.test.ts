import { expect, it } from "vitest";
import { AvroEncoder } from "../../../../runtime/formats/avro/avro-encoder.ts";
import { AvroRecords, type AvroMessageOptions } from "../../../../runtime/formats/avro/avro-records.ts";
import { schemaRegistry } from "../../../../runtime/formats/avro/schema-registry.ts";
import { columnFields } from "../../../../runtime/formats/avro/avro-decoder.ts";
import type { Chunk, MalformedRow } from "../../../../runtime/formats/column-batch.ts";
import { Values } from "../../../../runtime/formats/columns/values.ts";
import type { FieldDescriptor } from "../../../../runtime/formats/type-descriptor.ts";
import { SimHost } from "../../../../runtime/testing/sim-host.ts";
import { TestRegistry } from "../../../support/schema-registry.ts";

function chunkOf(values: readonly (Uint8Array | null)[]): Chunk {
  const messages = values.map((value, at) => ({ offset: 10 + at, timestamp: 0, timestampType: 0, key: null, value, headers: [] }));
  return { bytes: new Uint8Array(0), start: 0, end: 0, origin: "topic t, partition 0", offset: 0, messages: { topic: "t", partition: 0, messages, starts: new Int32Array(0) } };
}

function framed(id: number, value: Uint8Array): Uint8Array {
  const header = Buffer.alloc(5);
  header.writeUInt32BE(id, 1);
  return Buffer.concat([header, value]);
}

/** Reads messages into rows, with what is malformed behind them. */
async function read(values: readonly (Uint8Array | null)[], fields: readonly FieldDescriptor[], options: AvroMessageOptions, registry = new TestRegistry(), malformedAsNull = false): Promise<{ readonly rows: readonly unknown[]; readonly malformed: readonly MalformedRow[] }> {
  const host = new SimHost();
  host.net.service("registry:8081", (call) => registry.answer({ ...call, path: new URL(call.url).pathname }));
  const records = new AvroRecords({ malformedAsNull, registry: schemaRegistry(host, { url: "http://registry:8081" }, new AbortController().signal) }, fields, options);
  const lanes = fields.map(([name]) => [name, records.lane(name, new Values<unknown>())] as const);
  const chunk = chunkOf(values);
  await records.prepare(chunk);
  const count = records.begin(chunk);
  let row = 0;
  for (let at = 0; at < count; at++) if (records.take(at, row)) row++;
  const { malformed } = records.batch(row, {});
  return { rows: Array.from({ length: row }, (_, at) => Object.fromEntries(lanes.map(([name, lane]) => [name, lane.get(at)]))), malformed };
}

const columns: readonly FieldDescriptor[] = [["id", "long"], ["name", "string?"], ["price", "decimal(10,2)"]];
const encoder = new AvroEncoder(columnFields(columns), undefined, "test");
const confluent: AvroMessageOptions = { wire: "confluent" };

it("reads messages by the schema that each names", async () => {
  const registry = new TestRegistry();
  const first = registry.add(encoder.schema);
  const second = registry.add({ type: "record", name: "Newer", fields: [{ name: "extra", type: { type: "array", items: "string" } }, { name: "price", type: { type: "bytes", logicalType: "decimal", precision: 6, scale: 1 } }, { name: "id", type: "int" }] });
  const newer = Buffer.from([4, 2, 97, 2, 98, 0, 2, 25, 14]);
  const { rows, malformed } = await read([framed(first, encoder.encode({ id: 2n ** 60n, name: "ž", price: -250 })), framed(second, newer), framed(first, encoder.encode({ id: 1, name: null, price: 0 }))], columns, confluent, registry);
  expect(malformed).toEqual([]);
  expect(rows).toEqual([{ id: 2n ** 60n, name: "ž", price: -250 }, { id: 7, name: null, price: 250 }, { id: 1, name: null, price: 0 }]);
  expect(registry.calls).toEqual(["GET /schemas/ids/1", "GET /schemas/ids/2"]);
});

it("tells schemas apart by all four bytes of their ids, also where they follow each other", async () => {
  const registry = new TestRegistry();
  const ids = [0xff00_0001, 0x00ff_0001, 0x0000_ff01, 0x0000_00ff];
  const written = ids.map((id, at) => framed(id, encoder.encode({ id: at, name: null, price: 0 })));
  const { malformed } = await read(written.flatMap((value) => [value, value]), columns, confluent, registry);
  expect(malformed.map(({ error }) => error)).toEqual(ids.flatMap((id) => new Array<string>(2).fill(`the schema registry has no schema with the id ${id}`)));
  expect(registry.calls).toEqual(ids.map((id) => `GET /schemas/ids/${id}`));
});

it("makes malformed what names no schema, an unknown one, or is no value of it", async () => {
  const registry = new TestRegistry();
  const id = registry.add(encoder.schema);
  const good = encoder.encode({ id: 1, name: "a", price: 100 });
  const values = [null, Buffer.from("{}"), Buffer.from("{\"id\": 1}"), framed(77, good), framed(id, good.subarray(0, -1)), framed(id, Buffer.concat([good, Buffer.from([0])])), framed(id, Buffer.from([2, 6])), framed(id, good)];
  const { rows, malformed } = await read(values, columns, confluent, registry);
  expect(rows).toEqual([{ id: 1, name: "a", price: 100 }]);
  expect(malformed.map(({ error, position }) => `${position}: ${error}`)).toEqual([
    "offset 10: the message has no value",
    "offset 11: a message of 2 bytes names no schema",
    "offset 12: the message names no schema: its first byte is 123, not 0",
    "offset 13: the schema registry has no schema with the id 77",
    "offset 14: the message is no value of its schema: it ends too soon",
    "offset 15: 1 bytes are left over behind the value",
    "offset 16: the message is no value of its schema: invalid union index: 3",
  ]);
  expect(malformed[2]).toMatchObject({ raw: values[2], source: "topic t, partition 0" });
});

it("holds dates and timestamps of the years 1 to 9999, and of these every microsecond that can be held", async () => {
  const schema = (type: object): string => JSON.stringify({ type: "record", name: "R", fields: [{ name: "v", type }] });
  const long = new AvroEncoder(columnFields([["v", "long"]]), schema({ type: "long" }), "test");
  const errorsOf = async (type: "date" | "timestamp", written: object, ...values: readonly (number | bigint)[]): Promise<readonly unknown[]> => {
    const { rows, malformed } = await read(values.map((v) => long.encode({ v })), [["v", type]], { wire: "plain", schema: schema(written) });
    return [...rows.map((row) => (row as { readonly v: unknown }).v), ...malformed.map(({ error }) => error)];
  };
  expect(await errorsOf("date", { type: "int", logicalType: "date" }, 2_932_896, -719_162, 2_932_897, -719_163)).toEqual([2_932_896, -719_162, "`v` is 2932897, which is no date of the years 1 to 9999", "`v` is -719163, which is no date of the years 1 to 9999"]);
  expect(await errorsOf("timestamp", { type: "long", logicalType: "timestamp-millis" }, 253_402_300_799_000, 253_402_300_800_000, -62_135_596_800_001)).toEqual([253_402_300_799_000_000, "`v` is 253402300800000000 microseconds, which is no timestamp", "`v` is -62135596800001000 microseconds, which is no timestamp"]);
  expect(await errorsOf("timestamp", { type: "long", logicalType: "timestamp-micros" }, 2n ** 53n + 2n, 2n ** 53n + 1n)).toEqual([2 ** 53 + 2, "`v` is 9007199254740993 microseconds, which is no timestamp that can be held: beyond the years 1684 to 2255 not every microsecond is"]);
  expect(await errorsOf("timestamp", { type: "long", logicalType: "timestamp-nanos" }, -1, 1999)).toEqual([-1, 1]);
});

it("makes malformed what was written with columns that do not fit", async () => {
  const registry = new TestRegistry();
  const text = registry.add({ type: "record", name: "A", fields: [{ name: "id", type: "string" }] });
  const less = registry.add({ type: "record", name: "B", fields: [{ name: "id", type: "long" }] });
  const broken = registry.add("{\"type\": \"record\"}");
  const { malformed } = await read([framed(text, Buffer.from([0])), framed(less, Buffer.from([0])), framed(broken, Buffer.from([0]))], columns, confluent, registry);
  expect(malformed.map(({ error }) => error)).toEqual(["`id` is string in the schema, which cannot be read as long (schema 1)", "the schema B has no field `price`, which may not be null (schema 2)", "the writer's schema is none: undefined is no name (schema 3)"]);
});

it("gives nulls for what is malformed where the job says so", async () => {
  const { rows } = await read([Buffer.from("x")], [["id", "long?"]], confluent, new TestRegistry(), true);
  expect(rows).toEqual([{ id: null }]);
});

it("reads plain messages of one schema", async () => {
  const { rows } = await read([encoder.encode({ id: -5, name: "", price: 1 })], columns, { wire: "plain", schema: encoder.schema });
  expect(rows).toEqual([{ id: -5, name: "", price: 1 }]);
  await expect(read([], [["id", "boolean"]], { wire: "plain", schema: encoder.schema })).rejects.toMatchObject({ code: "R7757", what: "`id` is long in the schema, which cannot be read as boolean" });
});

it("never makes more of a message than its bytes can hold", async () => {
  const items = { type: "record", name: "A", fields: [{ name: "items", type: { type: "array", items: "null" } }, { name: "map", type: { type: "map", values: { type: "array", items: "long" } } }, { name: "rest", type: "bytes" }] };
  const registry = new TestRegistry();
  const id = registry.add(items);
  const huge = Buffer.from([0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0x1f]);
  const negative = Buffer.from([0xfd, 0xff, 0xff, 0xff, 0xff, 0xff, 0x1f]);
  const values = [huge, Buffer.concat([huge, Buffer.alloc(9)]), Buffer.concat([negative, Buffer.from([1])]), Buffer.concat([Buffer.from([0]), huge]), Buffer.concat([Buffer.from([0, 2, 2, 97]), huge]), Buffer.concat([Buffer.from([0, 0]), huge]), Buffer.from([0, 0, 3])];
  for (const fields of [[["rest", "binary"]], [["map", { map: ["string", { array: "long" }] }]], [["absent", "int?"]]] satisfies (readonly FieldDescriptor[])[]) {
    const { rows, malformed } = await read(values.map((value) => framed(id, value)), fields, confluent, registry);
    expect(rows).toEqual([]);
    expect(malformed).toHaveLength(values.length);
  }
});

it("refuses texts that are not valid UTF-8, and takes those with a replacement character", async () => {
  const registry = new TestRegistry();
  const id = registry.add({ type: "record", name: "A", fields: [{ name: "text", type: "string" }] });
  const { rows, malformed } = await read([framed(id, Buffer.from([2, 0xff])), framed(id, Buffer.concat([Buffer.from([6]), Buffer.from("\uFFFD")]))], [["text", "string"]], confluent, registry);
  expect(rows).toEqual([{ text: "\uFFFD" }]);
  expect(malformed[0]?.error).toBe("the message is no value of its schema: a text is not valid UTF-8");
});

it("finds a schema that the registry did not have for an earlier message", async () => {
  const registry = new TestRegistry();
  const host = new SimHost({ autoAdvance: true });
  host.net.service("registry:8081", (call) => registry.answer({ ...call, path: new URL(call.url).pathname }));
  const records = new AvroRecords({ malformedAsNull: false, registry: schemaRegistry(host, { url: "http://registry:8081" }, new AbortController().signal) }, columns, confluent);
  const chunk = chunkOf([framed(1, encoder.encode({ id: 1, name: "a", price: 100 }))]);
  const takes = async (): Promise<readonly string[]> => {
    await records.prepare(chunk);
    records.begin(chunk);
    const row = records.take(0, 0) ? 1 : 0;
    return records.batch(row, {}).malformed.map(({ error }) => error);
  };
  expect(await takes()).toEqual(["the schema registry has no schema with the id 1"]);
  registry.add(encoder.schema);
  expect(await takes()).toHaveLength(1);
  await host.timers.sleep(60_000);
  expect(await takes()).toEqual([]);
  expect(registry.calls).toHaveLength(2);
});

it("reads and skips what is named as every object's own members are", async () => {
  const registry = new TestRegistry();
  const inner = { type: "record", name: "constructor", fields: [{ name: "constructor", type: "long" }, { name: "toString", type: "string" }, { name: "__proto__", type: "long", default: 0 }, { name: "own_toString", type: "long" }] };
  const kinds = { type: "enum", name: "valueOf", symbols: ["constructor", "own_constructor"] };
  const id = registry.add({ type: "record", name: "R", fields: [{ name: "hasOwnProperty", type: "long" }, { name: "r", type: inner }, { name: "again", type: "constructor" }, { name: "kinds", type: { type: "array", items: kinds } }] });
  const one = [2, 2, 97, 4, 6];
  const fields: readonly FieldDescriptor[] = [["r", { record: [["constructor", "long"], ["toString", "string"], ["own_toString", "long"]] }], ["again", { record: [["own_toString", "long"]] }], ["kinds", { array: "string" }], ["valueOf", "long?"]];
  const { rows, malformed } = await read([framed(id, Buffer.from([8, ...one, ...one, 4, 0, 2, 0]))], fields, confluent, registry);
  expect(malformed).toEqual([]);
  expect(rows).toEqual([{ r: { constructor: 1, toString: "a", own_toString: 3 }, again: { own_toString: 3 }, kinds: ["constructor", "own_constructor"], valueOf: null }]);
});
