import { gzipSync } from "node:zlib";
import { compressFrameSync } from "lz4-napi";
import fc from "fast-check";
import { expect, it } from "vitest";
import { decompress, largestBatch } from "../../../../runtime/connectors/kafka/client/records/record-codec.ts";
import { fromLz4 } from "../../../../runtime/formats/compression/lz4-codec.ts";
import { lz4Length } from "../../../../runtime/formats/compression/lz4-length.ts";
import { TooLong } from "../../../../runtime/formats/compression/too-long.ts";
import { fromZstd, toZstd } from "../../../../runtime/formats/compression/zstd-codec.ts";
import { zstdSize } from "../../../../runtime/formats/compression/zstd-frames.ts";
import { zstdOfRepeats } from "../../../support/bombs.ts";

/** Repeats, and what cannot be compressed. */
const content = fc.array(fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.tuple(fc.nat(255), fc.nat(200_000)).map(([byte, length]) => new Uint8Array(length).fill(byte))), { maxLength: 6 }).map((parts) => Buffer.concat(parts));

it("counts what LZ4 frames hold without unpacking them", () => {
  fc.assert(
    fc.property(fc.array(content, { minLength: 1, maxLength: 3 }), (parts) => {
      const length = parts.reduce((sum, part) => sum + part.length, 0);
      const frames = Buffer.concat(parts.map((part) => compressFrameSync(part)));
      expect(lz4Length(frames, Infinity)).toBeGreaterThanOrEqual(length);
      expect(lz4Length(frames, length)).toBe(length);
      if (length > 0) expect(lz4Length(frames, length - 1)).toBeGreaterThan(length - 1);
    }),
    { numRuns: 60 },
  );
});

it("knows within which bounds the content of zstd frames is", async () => {
  await fc.assert(
    fc.asyncProperty(content, async (part) => {
      const packed = await toZstd(part);
      const { most, least, isSaid } = zstdSize(packed);
      expect([isSaid, most, least]).toEqual([true, part.length, part.length]);
      expect(Buffer.from(await fromZstd(packed, part.length)).equals(part)).toBe(true);
      if (part.length > 0) await expect(fromZstd(packed, part.length - 1)).rejects.toThrow(TooLong);
    }),
    { numRuns: 60 },
  );
  const unsaid = zstdOfRepeats(300_000);
  expect(zstdSize(unsaid)).toEqual({ most: 300_000, least: 300_000, window: 2 ** 20, isSaid: false });
  expect(await fromZstd(unsaid, 300_000)).toEqual(new Uint8Array(300_000));
});

it("refuses a batch of a few kilobytes that would become more than is held, whatever compressed it", async () => {
  const part = Buffer.alloc(1 << 24);
  const parts = largestBatch / part.length + 1;
  const repeated = (piece: Uint8Array): Uint8Array => Buffer.concat(Array.from({ length: parts }, () => piece));
  const before = process.memoryUsage().rss;
  const refused = { code: "R7729", where: "here" };
  await expect(decompress("zstd", zstdOfRepeats(400_000_000), "here")).rejects.toMatchObject(refused);
  await expect(decompress("snappy", Uint8Array.of(0x80, 0x80, 0x80, 0x80, 0x0f, 0, 0), "here")).rejects.toMatchObject(refused);
  await expect(decompress("lz4", repeated(compressFrameSync(part)), "here")).rejects.toMatchObject(refused);
  expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024);
  await expect(decompress("gzip", repeated(gzipSync(part)), "here")).rejects.toMatchObject(refused);
  await expect(fromLz4(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8), 10)).rejects.toThrow(RangeError);
  for (const compression of ["gzip", "snappy", "lz4", "zstd"] as const) await expect(decompress(compression, new Uint8Array(20).fill(7), "here")).rejects.toMatchObject({ code: "R7708" });
});
