import fc from "fast-check";
import { expect, test } from "vitest";
import { LastRows } from "../../../runtime/changelog/last-rows.ts";

test("gives the row that stood for a key, as a map would", () => {
  fc.assert(
    fc.property(fc.array(fc.record({ k: fc.integer({ min: 0, max: 20 }), leaves: fc.boolean() }), { maxLength: 200 }), (changes) => {
      const last = new LastRows<{ readonly k: number; readonly v: number }>(["k"]);
      const model = new Map<number, number>();
      for (const [v, { k, leaves }] of changes.entries()) {
        expect((leaves ? last.take({ k, v }) : last.put({ k, v }))?.v).toBe(model.get(k));
        if (leaves) model.delete(k);
        else model.set(k, v);
      }
    }),
  );
});

test("forgets keys whose rows have left, and keeps the others", () => {
  const last = new LastRows<{ readonly k: number }>(["k"]);
  for (let k = 0; k < 10_000; k++) {
    last.put({ k });
    if (k % 10 > 0) last.take({ k });
  }
  for (let k = 0; k < 10_000; k++) expect(last.take({ k }), String(k)).toEqual(k % 10 === 0 ? { k } : undefined);
});
