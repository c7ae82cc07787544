import fc from "fast-check";
import { expect, test } from "vitest";
import { emitCsvReader } from "../../../../compiler/5-emit/reader/emit-csv-reader.ts";
import { emitJsonReader } from "../../../../compiler/5-emit/reader/emit-json-reader.ts";
import { emitTextReader } from "../../../../compiler/5-emit/reader/emit-text-reader.ts";
import type { ReaderPlan } from "../../../../compiler/5-emit/reader/reader-plan.ts";
import type { DataType, Field } from "../../../../compiler/ir/types/data-type.ts";
import { MessageChunks } from "../../../../runtime/connectors/kafka/message-chunks.ts";
import type { Message } from "../../../../runtime/formats/chunk-messages.ts";
import { loadReader } from "../../../support/load-reader.ts";
import { malformedText } from "./support.ts";

const text: DataType = { kind: "string" };
const int: DataType = { kind: "int" };
const emitters = { json: emitJsonReader, csv: emitCsvReader, text: emitTextReader };

function fieldOf(name: string, type: DataType, nullable: boolean = true): Field {
  return { name, type, nullable };
}

const hidden: Field = { name: "_kafka", type: { kind: "record", fields: [] }, nullable: false };

type Value = string | Uint8Array | null;

function messagesOf(values: readonly Value[], first = 10): readonly Message[] {
  return values.map((value, at) => ({
    offset: first + at,
    timestamp: 1_000_000 * at,
    timestampType: 0,
    key: Buffer.from(`k${at}`),
    value: typeof value === "string" ? Buffer.from(value) : value,
    headers: [],
  }));
}

interface Read {
  /** Each row's values, behind them the offset of its message. */
  readonly rows: readonly (readonly unknown[])[];
  readonly malformed: readonly string[];
  readonly positions: readonly string[];
  readonly refused: readonly string[];
  readonly rowsRead: number;
}

function read(format: "json" | "csv" | "text", fields: readonly Field[], values: readonly Value[], options: { readonly asNull?: boolean; readonly maxMessageBytes?: number; readonly plan?: Partial<ReaderPlan> } = {}): Read {
  const plan: ReaderPlan = {
    input: "input", reader: "testReader", columnsType: "TestColumns", format, ofMessages: true, fields, hiddenColumns: [hidden],
    needed: new Set(fields.map(({ name }) => name)), strict: false, columns: [...fields.map(({ name }) => name), "_kafka"], filter: undefined, ...options.plan,
  };
  const reader = loadReader(emitters[format](plan), plan.reader).create({ malformedAsNull: options.asNull === true });
  const rows: unknown[][] = [];
  const malformed: string[] = [];
  const positions: string[] = [];
  const refused: string[] = [];
  let rowsRead = 0;
  const messages = messagesOf(values);
  for (const { chunk } of new MessageChunks(format, options.maxMessageBytes ?? 1 << 30).of({ topic: "t", partition: 3, messages, next: 10 + messages.length })) {
    const batch = reader.read(chunk);
    rowsRead += batch.rowsRead;
    for (let row = 0; row < batch.length; row++) {
      rows.push([...fields.map(({ name }) => valueAt(batch.columns[name], row)), (valueAt(batch.columns["_kafka"], row) as { offset: number }).offset]);
      positions.push(batch.position(row));
      refused.push(malformedText(batch.refused(row, "x")));
    }
    malformed.push(...batch.malformed.map(malformedText));
  }
  return { rows, malformed, positions, refused, rowsRead };
}

function valueAt(lane: unknown, row: number): unknown {
  if (lane instanceof Float64Array) return lane[row];
  if (typeof lane === "object" && lane !== null) {
    if ("text" in lane && typeof lane.text === "function") return lane.text(row);
    if ("get" in lane && typeof lane.get === "function") return lane.get(row);
  }
  throw new TypeError("not a lane");
}

const clicks = [fieldOf("page", text), fieldOf("n", int)];

test("a message of JSON is a record, on one line or several, in any order, with or without a line end", () => {
  const { rows, malformed } = read("json", clicks, ['{"page":"a","n":1}', '{\n  "page": "b",\r\n  "n": 2\r\n}', '{"n":3,"page":"c"}\n', '{"page":"d","n":4}\r\n', ' {"page":"é\\n","n":null} ']);
  expect(rows).toEqual([["a", 1, 10], ["b", 2, 11], ["c", 3, 12], ["d", 4, 13], ["é\n", null, 14]]);
  expect(malformed).toEqual([]);
});

test("line ends in texts and behind comments stay what they are, where the job allows them", () => {
  const values = ['{"page":"x\ny","n":1}', '{"page": // note\n "z","n":2}', '{"page":"w","n":3}'];
  const { rows, malformed } = read("json", clicks, values, { plan: { formatOptions: { allowComments: true, allowUnquotedControlChars: true } } });
  expect(malformed).toEqual([]);
  expect(rows).toEqual([["x\ny", 1, 10], ["z", 2, 11], ["w", 3, 12]]);
  expect(read("json", clicks, values).rows).toEqual([["w", 3, 12]]);
});

test("tombstones, empty and blank values, and two records in one message are malformed, with topic, partition, offset and their bytes", () => {
  const values = ['{"page":"a","n":1}', null, "", "  ", '{"page":"b","n":2}\n{"page":"c","n":3}', "{", '{"page":"d","n":4}'];
  const { rows, malformed, rowsRead } = read("json", clicks, values);
  expect(rows).toEqual([["a", 1, 10], ["d", 4, 16]]);
  expect(rowsRead).toBe(7);
  expect(malformed.map((each) => each.slice(0, 40))).toHaveLength(5);
  expect(malformed.slice(0, 3)).toEqual([
    'topic t, partition 3, offset 11: the message has no value (a tombstone): ""',
    'topic t, partition 3, offset 12: the value is empty: ""',
    'topic t, partition 3, offset 13: the value is empty: "  "',
  ]);
  // The bytes are those that came.
  expect(malformed[3]).toContain(JSON.stringify(values[4]));
  expect(read("json", clicks, values, { asNull: true }).rows).toEqual([["a", 1, 10], [null, null, 11], [null, null, 12], [null, null, 13], [null, null, 14], [null, null, 15], ["d", 4, 16]]);
});

test("a message that is too large is malformed with its bytes", () => {
  const { rows, malformed } = read("json", clicks, ['{"page":"a","n":1}', `{"page":"${"x".repeat(100)}","n":2}`], { maxMessageBytes: 50 });
  expect(rows).toEqual([["a", 1, 10]]);
  expect(malformed[0]).toMatch(/^topic t, partition 3, offset 11: the value has 117 bytes, which is more than `maxMessageBytes` \(50\): "\{\\"page\\":\\"xxx/);
});

test("rows know their place, and what is set aside later has the message's bytes", () => {
  const { positions, refused } = read("json", clicks, ['{"page":"a","n":1}', '{"n":2,\n"page":"b"}']);
  expect(positions).toEqual(["topic t, partition 3, offset 10", "topic t, partition 3, offset 11"]);
  expect(refused[1]).toBe('topic t, partition 3, offset 11: x: "{\\"n\\":2,\\n\\"page\\":\\"b\\"}"');
});

test("a message of text is a row, whatever it holds", () => {
  const values = ["a", "", "two\nlines\r\n", "\r", "\n", "b"];
  expect(read("text", [fieldOf("value", text, false)], values).rows).toEqual(values.map((value, at) => [value, 10 + at]));
  const { rows, malformed } = read("text", [fieldOf("value", text, false)], ["a", null, Uint8Array.of(0xff), "b"]);
  expect(rows).toEqual([["a", 10], ["b", 13]]);
  expect(malformed[0]).toContain("offset 11: the message has no value (a tombstone)");
  expect(malformed[1]).toContain("offset 12: the message is not valid UTF-8");
});

test("a message of CSV is one record: quotes may hold lines, and what is more than one is malformed", () => {
  const values = ["a,1", '"x\ny",2', "b,3\n", "c,4\nd,5", '"e,6', "f,7", "", null, "g,8"];
  const { rows, malformed } = read("csv", clicks, values);
  expect(rows).toEqual([["a", 1, 10], ["x\ny", 2, 11], ["b", 3, 12], ["f", 7, 15], ["g", 8, 18]]);
  expect(malformed.map((each) => /offset (\d+): ([^:]*)/.exec(each)?.slice(1).join(" "))).toEqual(["13 the message holds more than one record", "14 a quote is not closed", "16 the value is empty", "17 the message has no value (a tombstone)"]);
  expect(read("csv", clicks, values, { asNull: true }).rows.map((row) => row.at(-1))).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18]);
});

test("many messages make several chunks, and none is lost or torn, whatever its size", () => {
  const value = fc.oneof({ weight: 8, arbitrary: fc.string({ maxLength: 40 }) }, { weight: 1, arbitrary: fc.integer({ min: 60_000, max: 140_000 }).map((size) => "z".repeat(size)) });
  fc.assert(
    fc.property(fc.array(value, { maxLength: 60 }), (pages) => {
      const values = pages.map((page, n) => JSON.stringify({ page, n }));
      expect(read("json", clicks, values).rows).toEqual(pages.map((page, n) => [page, n, 10 + n]));
      expect(read("text", [fieldOf("value", text, false)], pages).rows).toEqual(pages.map((page, n) => [page, 10 + n]));
      const csv = pages.map((page, n) => `"${page.replaceAll('"', '""')}",${n}`);
      expect(read("csv", [fieldOf("page", text), fieldOf("n", int)], csv).rows.map(([, n, offset]) => [n, offset])).toEqual(pages.map((_, n) => [n, 10 + n]));
    }),
    { numRuns: 25 },
  );
});

test("chunks of messages as they are hold some at a time, with the offset behind each", () => {
  const messages = messagesOf(Array.from({ length: 2500 }, (_, at) => String(at)), 0);
  const chunks = [...new MessageChunks("kafka", 3).of({ topic: "t", partition: 0, messages, next: 2600 })];
  expect(chunks.map(({ chunk, next }) => [chunk.messages?.messages.length, next])).toEqual([[1024, 1024], [1024, 2048], [452, 2600]]);
  expect(chunks[0]?.chunk.messages?.refused?.get(1000)).toContain("maxMessageBytes");
  expect(chunks[2]?.chunk.end).toBe(0);
});
