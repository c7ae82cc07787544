import { expect, test } from "vitest";
import { contentHash, sameContent } from "../../../runtime/changelog/row-content.ts";

const groups: readonly (readonly unknown[])[] = [
  [null, null],
  [0, -0],
  [NaN, Number.NaN],
  [1, 1],
  [0.1, 0.1],
  [0.2],
  [2 ** 40 + 1],
  [2n ** 60n, 2n ** 60n],
  ["1", "1"],
  ["", ""],
  [true, true],
  [Uint8Array.of(1, 2), Uint8Array.of(1, 2)],
  [Uint8Array.of(2, 1)],
  [[1, null], [1, null]],
  [[1]],
  [new Map([["a", 1], ["b", 2]]), new Map([["b", 2], ["a", 1]])],
  [new Map([["a", 1], ["c", 2]])],
  [{ a: NaN, b: [{ c: "x" }] }, { a: NaN, b: [{ c: "x" }] }],
  [{ a: NaN, b: [{ c: "y" }] }],
];

test("values are the same content where they show the same, and then have one hash", () => {
  for (const [at, group] of groups.entries()) {
    for (const left of group) {
      for (const [other, others] of groups.entries()) {
        for (const right of others) {
          expect(sameContent(left, right), `${String(left)} and ${String(right)}`).toBe(at === other);
          if (at === other) expect(contentHash(left)).toBe(contentHash(right));
        }
      }
    }
  }
});

test("numbers near each other have hashes of their own", () => {
  const hashes = new Set(Array.from({ length: 1000 }, (_, at) => contentHash(1.7e15 + at * 1000)));
  expect(hashes.size).toBeGreaterThan(990);
});
