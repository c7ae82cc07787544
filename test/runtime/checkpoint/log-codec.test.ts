import fc from "fast-check";
import { expect, it } from "vitest";
import packageJson from "../../../package.json" with { type: "json" };
import { engineVersion } from "../../../runtime/checkpoint/engine-version.ts";
import { crc32c } from "../../../runtime/checkpoint/crc32c.ts";
import { jsonObject, parseExactJson, writeExactJson } from "../../../runtime/checkpoint/exact-json.ts";
import { decodeFile, encodeFile, isDamaged } from "../../../runtime/checkpoint/file-format.ts";
import { decodeCommits, decodeOffsets, encodeCommits, encodeOffsets } from "../../../runtime/checkpoint/log-codec.ts";
import type { OffsetsEntry } from "../../../runtime/checkpoint/log-entries.ts";

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const bytes = (json: string): Uint8Array => new TextEncoder().encode(json);

const entry: OffsetsEntry = {
  batchId: 7, start: { "__proto__": null, a: '{"logOffset":9007199254740993}' }, offsets: { a: "9223372036854775807" }, timestampMs: 1_700_000_000_123, lateWatermark: 5, evictWatermark: Infinity,
  inputWatermarks: { "a/watermark": Infinity }, settings: { statePartitions: 8, watermarkPolicy: "min", noDataBatches: true },
  base: { version: 7, chains: [{ operatorId: "a/aggregate", partition: 3, files: [{ name: "6-1.snapshot", checksum: 4_000_000_000, bytes: 17 }, { name: "7-2.delta", checksum: 0, bytes: 60 }] }] },
};

it("entries come back as they were written, with infinity and state files", () => {
  expect(decodeOffsets(encodeOffsets(entry))).toEqual(entry);
  const commit = { batchId: 7, watermark: Infinity, inputWatermarks: {}, state: entry.base, sinkFiles: ["part-7-0-1.json"], drained: true as const };
  expect(decodeCommits(encodeCommits(commit))).toEqual(commit);
});

it("fields of a later version are kept, with all digits", () => {
  const later = text(encodeOffsets(entry)).replace('{"batchId"', '{"shards":{"of":12345678901234567890},"batchId"');
  expect(text(encodeOffsets(decodeOffsets(bytes(later))))).toContain('"shards":{"of":12345678901234567890}');
});

it("JSON keeps the digits of integers and any text as key", () => {
  expect(parseExactJson("[9007199254740993, -1, 1.5, 1e3]")).toEqual([9007199254740993n, -1, 1.5, 1000]);
  expect(writeExactJson(parseExactJson('{"__proto__":{"a":1},"constructor":"x"}'))).toBe('{"__proto__":{"a":1},"constructor":"x"}');
  fc.assert(fc.property(fc.jsonValue(), (value) => {
    expect(JSON.parse(writeExactJson(parseExactJson(JSON.stringify(value))))).toEqual(JSON.parse(JSON.stringify(value)));
  }));
  for (const wrong of ["", "{", '{"a" 1}', "[1,]", "01", "nul", '"\n"', "1 2", "[".repeat(200)]) expect(() => parseExactJson(wrong)).toThrow(SyntaxError);
  expect(() => writeExactJson(jsonObject([["a", Infinity]]))).toThrow(TypeError);
});

it("the checksum is CRC32C", () => {
  expect(crc32c(bytes("123456789"))).toBe(0xe3069283);
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
  expect(crc32c(bytes(""))).toBe(0);
});

it("a file gives back its header and payload, and one changed bit anywhere is noticed", () => {
  const header = { kind: "offsets", queryId: "01234567-89ab-4cde-8f01-23456789abcd", incarnation: 2 ** 40 + 3, batch: 2 ** 33 } as const;
  fc.assert(fc.property(fc.uint8Array({ maxLength: 50 }), fc.nat(), fc.nat(7), (payload, at, bit) => {
    const file = encodeFile(header, payload).bytes;
    expect(decodeFile(file)).toMatchObject({ header, payload });
    const changed = file.map((byte, index) => (index === at % file.length ? byte ^ (1 << bit) : byte));
    expect(isDamaged(decodeFile(changed))).toBe(true);
    expect(isDamaged(decodeFile(file.subarray(0, at % file.length)))).toBe(true);
  }));
});

it("the engine's version is that of the package", () => {
  expect(engineVersion).toBe(packageJson.version);
});
