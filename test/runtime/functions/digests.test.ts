import { createHash } from "node:crypto";
import fc from "fast-check";
import { expect, it } from "vitest";
import { crc32OfBytes } from "../../../runtime/functions/digest/crc32.ts";
import { md5Text } from "../../../runtime/functions/digest/md5.ts";
import { murmurHash } from "../../../runtime/functions/digest/murmur-hash.ts";
import { sha1Text } from "../../../runtime/functions/digest/sha1.ts";
import { sha2Text } from "../../../runtime/functions/digest/sha2.ts";
import { xxHash } from "../../../runtime/functions/digest/xx-hash.ts";

it("digests any bytes as Node's own library does", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const digest = (name: string): string => createHash(name).update(bytes).digest("hex");
      expect(md5Text(bytes)).toBe(digest("md5"));
      expect(sha1Text(bytes)).toBe(digest("sha1"));
      for (const bits of [224, 256, 384, 512]) expect(sha2Text(bytes, bits)).toBe(digest(`sha${bits}`));
    }),
  );
});

it("knows 0 as 256 bits, and no other numbers of bits", () => {
  const bytes = new TextEncoder().encode("abc");
  expect(sha2Text(bytes, 0)).toBe(sha2Text(bytes, 256));
  expect(sha2Text(bytes, 1)).toBe(null);
});

it("hashes what is in records and arrays in order, and passes over nulls", () => {
  const nested = { record: [["a", "int?"], ["tags", { array: "string?" }]] } as const;
  expect(murmurHash(nested)({ a: 1, tags: ["x", null, "y"] })).toBe(murmurHash("int", "string", "string")(1, "x", "y"));
  expect(xxHash(nested)({ a: null, tags: ["x"] })).toBe(xxHash("string")("x"));
  expect(murmurHash("double")(-0)).toBe(murmurHash("double")(0));
  expect(murmurHash("decimal(38,2)")(123n)).not.toBe(murmurHash("decimal(18,2)")(123));
});

it("checks sums as zlib does", () => {
  expect(crc32OfBytes(new TextEncoder().encode("123456789"))).toBe(0xcbf43926);
});
