import fc from "fast-check";
import { expect, it } from "vitest";
import { EncodedKeys } from "../../../runtime/operators/encoded-keys.ts";

it("numbers keys, and takes them away, as a map of their texts does", () => {
  const step = fc.record({ key: fc.uint8Array({ maxLength: 3, max: 4 }), isRemoval: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 400 }), fc.integer(), (steps, seed) => {
      const keys = new EncodedKeys(seed);
      const expected = new Map<string, number>();
      for (const { key, isRemoval } of steps) {
        const text = key.join();
        const known = expected.get(text);
        expect(keys.find(key, key.length)).toBe(known ?? -1);
        if (isRemoval) {
          if (known === undefined) continue;
          keys.remove(known);
          expected.delete(text);
        } else {
          const id = keys.idOf(key, key.length);
          if (known === undefined) expect([...expected.values()]).not.toContain(id);
          else expect(id).toBe(known);
          expected.set(text, id);
        }
        expect(keys.size).toBe(expected.size);
      }
      for (const [text, id] of expected) expect([keys.has(id), keys.bytesOf(id).join()]).toEqual([true, text]);
    }),
    { numRuns: 200 },
  );
});

it("takes no more memory for keys that come and go", () => {
  const keys = new EncodedKeys(1);
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  const open: number[] = [];
  for (let index = 0; index < 100_000; index++) {
    view.setUint32(0, index);
    open.push(keys.idOf(bytes, bytes.length));
    if (open.length > 50) keys.remove(open.shift()!);
  }
  expect([keys.size, keys.end]).toEqual([50, 51]);
});
