import fc from "fast-check";
import { expect, test } from "vitest";
import { crc32c } from "../../../runtime/checkpoint/crc32c.ts";

test("gives the sums of RFC 3720", () => {
  expect(crc32c(new TextEncoder().encode("123456789"))).toBe(0xe3069283);
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
  expect(crc32c(new Uint8Array(32).fill(0xff))).toBe(0x62a8ab43);
});

test("is the same wherever the bytes stand, and bit by bit", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 50 }), fc.nat({ max: 20 }), (bytes, start) => {
      const inside = new Uint8Array(start + bytes.length + 5).fill(7);
      inside.set(bytes, start);
      expect(crc32c(inside, start, start + bytes.length)).toBe(bitByBit(bytes));
      expect(crc32c(inside.subarray(start, start + bytes.length))).toBe(bitByBit(bytes));
    }),
  );
});

function bitByBit(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
