import fc from "fast-check";
import { expect, it } from "vitest";
import { NumberSets } from "../../../../runtime/operators/lanes/number-sets.ts";

const slots = 6;
const slot = fc.integer({ min: 0, max: slots - 1 });
const value = fc.oneof(fc.integer({ min: -20, max: 20 }), fc.constantFrom(0.5, -0, 1e15, 2 ** 31), fc.integer());
const step = fc.oneof(
  { weight: 20, arbitrary: fc.record({ kind: fc.constant("add" as const), slot, value, bits: fc.integer({ min: 1, max: 2 ** 31 - 1 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("reset" as const), slot }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("move" as const), slot, to: slot }) },
);

it("keeps the values and bits of each slot as a map of each would", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300, size: "max" }), (steps) => {
      const sets = new NumberSets();
      sets.ensure(slots);
      const maps = Array.from({ length: slots }, () => new Map<number, number>());
      for (const each of steps) {
        const map = maps[each.slot] ?? new Map<number, number>();
        if (each.kind === "add") {
          const before = map.get(each.value) ?? 0;
          expect(sets.add(each.slot, each.value, each.bits)).toBe(each.bits & ~before);
          map.set(each.value, before | each.bits);
        } else if (each.kind === "reset") {
          sets.reset(each.slot);
          map.clear();
        } else if (each.slot !== each.to) {
          sets.reset(each.to);
          sets.move(each.to, each.slot);
          maps[each.to] = map;
          maps[each.slot] = new Map();
        }
      }
      maps.forEach((map, at) => {
        const found: (readonly [number, number])[] = [];
        sets.each(at, (number, bits) => found.push([number, bits]));
        expect(found).toEqual([...map]);
        expect(sets.count(at)).toBe(map.size);
      });
    }),
    { numRuns: 150 },
  );
});
