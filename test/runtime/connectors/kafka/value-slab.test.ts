import fc from "fast-check";
import { expect, test } from "vitest";
import { ValueSlab } from "../../../../runtime/connectors/kafka/value-slab.ts";

test("what was kept stays, whatever is kept after it and whatever becomes of the bytes it was made of", () => {
  const lengths = fc.array(fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 0, max: 20_000 })), { maxLength: 200 });
  fc.assert(
    fc.property(lengths, (all) => {
      const slab = new ValueSlab();
      const scratch = new Uint8Array(20_000);
      const kept = all.map((length, number) => slab.keep(scratch.fill(number % 251).subarray(0, length)));
      kept.forEach((bytes, number) => {
        expect(bytes).toHaveLength(all[number] ?? -1);
        expect(bytes.every((byte) => byte === number % 251)).toBe(true);
      });
    }),
    { numRuns: 20 },
  );
});
