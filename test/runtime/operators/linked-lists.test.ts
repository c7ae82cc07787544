import fc from "fast-check";
import { expect, it } from "vitest";
import { LinkedLists } from "../../../runtime/operators/linked-lists.ts";
import { NumberPool } from "../../../runtime/operators/number-pool.ts";

const step = fc.record({ kind: fc.constantFrom("append", "insert", "remove", "clear"), list: fc.nat(200), at: fc.nat() });

it("keeps what arrays keep, with numbers that are taken and given back", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const lists = new LinkedLists();
      const pool = new NumberPool();
      const model = new Map<number, number[]>();
      const before = (items: readonly number[], place: number): number => items[place - 1] ?? -1;
      for (const { kind, list: draw, at } of steps) {
        const list = draw % 3 === 0 ? draw : draw % 3;
        const items = model.get(list) ?? [];
        model.set(list, items);
        const place = at % (items.length + 1);
        if (kind === "clear") {
          if (at % 10 !== 0) continue;
          lists.clear();
          pool.clear();
          model.clear();
        } else if (kind === "append") {
          const item = pool.take();
          expect(lists.append(list, item)).toBe(before(items, items.length));
          items.push(item);
        } else if (kind === "insert") {
          const item = pool.take();
          lists.insert(list, item, before(items, place));
          items.splice(place, 0, item);
        } else {
          for (const item of items.splice(place, 1)) {
            lists.remove(list, item);
            pool.giveBack(item);
          }
        }
        for (const [of, kept] of model) {
          const forwards: number[] = [];
          for (let item = lists.firstOf(of); item >= 0; item = lists.afterOf(item)) forwards.push(item);
          const backwards: number[] = [];
          for (let item = lists.lastOf(of); item >= 0; item = lists.beforeOf(item)) backwards.unshift(item);
          expect([forwards, backwards]).toEqual([kept, kept]);
        }
        const out = [...model.values()].flat();
        expect([new Set(out).size, pool.end >= out.length]).toEqual([out.length, true]);
      }
    }),
  );
});
