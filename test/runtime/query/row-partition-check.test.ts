import { expect, test } from "vitest";
import { partitionOfKey } from "../../../runtime/connectors/kafka/client/records/murmur2.ts";
import { ChunkText } from "../../../runtime/formats/columns/chunk-text.ts";
import { NullableTexts } from "../../../runtime/formats/columns/texts.ts";
import type { Chunk, ColumnBatch } from "../../../runtime/formats/column-batch.ts";
import { RowPartitionCheck } from "../../../runtime/query/row-partition-check.ts";
import type { ShardingColumn } from "../../../runtime/query/sharding.ts";

const partitions = 97;
const partitionOf = (key: string): number => partitionOfKey(Buffer.from(key), partitions);

function checkOf(columns: readonly ShardingColumn[]): (lanes: Readonly<Record<string, unknown>>, length: number, partition: number) => void {
  const check = new RowPartitionCheck({ queryName: "q", input: "events", columns, partitionsOf: () => partitions });
  const starts = new Int32Array(0);
  return (lanes, length, partition) => {
    const chunk: Chunk = { bytes: new Uint8Array(0), start: 0, end: 0, origin: "topic t", offset: 0, messages: { topic: "t", partition, messages: [], starts } };
    const batch: ColumnBatch<object> = {
      length, rowsRead: length, columns: lanes, malformed: [], position: (row) => `row ${row}`,
      refused: (row, error) => ({ raw: new Uint8Array(0), error, source: "t", position: `row ${row}` }),
    };
    check.check(chunk, batch);
  };
}

/** A lane as a reader leaves it: texts lie in the chunk's bytes, but those with an escape, which were decoded. */
function textLane(texts: readonly (string | null)[]): NullableTexts {
  const bytes = Buffer.from(`{${texts.join("")}}`);
  const chunk = new ChunkText();
  const lane = new NullableTexts(chunk);
  lane.ensure(texts.length);
  let at = 1;
  for (const [row, text] of texts.entries()) {
    const end = at + Buffer.byteLength(text ?? "null");
    if (text === null || text.includes("\n")) lane.put(row, text);
    else [lane.starts[row], lane.ends[row]] = [at, end];
    at = text === null ? at : end;
  }
  chunk.begin(bytes, new DataView(bytes.buffer, bytes.byteOffset, bytes.length), bytes, 0, bytes.length);
  return lane;
}

test.each(["user 17", "ünï 😀", "", "two\nlines", "x".repeat(5000)])("a text is held against the partition of its own bytes, wherever it stands: %j", (text) => {
  const check = checkOf([{ name: "user", type: "string?" }]);
  const lanes = { user: textLane([text, text, text]) };
  check(lanes, 3, partitionOf(text));
  expect(() => check({ user: textLane([text, text, `${text}!`]) }, 3, partitionOf(text))).toThrow(`belongs into partition ${partitionOf(`${text}!`)}`);
  expect(() => check({ user: textLane([text, null]) }, 2, partitionOf(text))).toThrow("has no key: user = null");
  // Rows that the reader has left out do not count.
  check({ user: textLane([text, null]) }, 1, partitionOf(text));
});

test("numbers and booleans that are never null are the values of their lanes", () => {
  const ofBoolean = checkOf([{ name: "isNew", type: "boolean" }]);
  ofBoolean({ isNew: Uint8Array.of(1, 1) }, 2, partitionOf("true"));
  ofBoolean({ isNew: Uint8Array.of(0) }, 1, partitionOf("false"));
  expect(() => ofBoolean({ isNew: Uint8Array.of(1, 0) }, 2, partitionOf("true"))).toThrow("its key (isNew = false)");
  const ofBoth = checkOf([{ name: "n", type: "int" }, { name: "isNew", type: "boolean?" }]);
  ofBoth({ n: Float64Array.of(7), isNew: { get: () => null } }, 1, partitionOf('{"n":7,"isNew":null}'));
  ofBoth({ n: Float64Array.of(7), isNew: { get: () => true } }, 1, partitionOf('{"n":7,"isNew":true}'));
});
