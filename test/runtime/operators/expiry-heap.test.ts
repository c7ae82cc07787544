import fc from "fast-check";
import { expect, it } from "vitest";
import { ExpiryHeap } from "../../../runtime/operators/expiry-heap.ts";

it("gives the earliest first, whatever was put in, moved and taken out", () => {
  const step = fc.record({ id: fc.nat(40), time: fc.integer({ min: -9, max: 9 }), kind: fc.constantFrom("set", "set", "remove", "take") });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const heap = new ExpiryHeap();
      const expected = new Map<number, number>();
      const dueBy = (time: number): readonly number[] => [...expected].filter(([, at]) => at <= time).map(([each]) => each).sort();
      for (const { id, time, kind } of steps) {
        if (kind === "set") {
          heap.set(id, time);
          expected.set(id, time);
        } else if (kind === "remove") {
          heap.remove(id);
          expected.delete(id);
        } else {
          const taken = heap.takeUpTo(time).sort();
          expect(taken).toEqual(dueBy(time));
          for (const each of taken) expected.delete(each);
        }
        expect([heap.size, heap.firstTime, heap.timeOf(id)]).toEqual([expected.size, expected.size === 0 ? undefined : Math.min(...expected.values()), expected.get(id) ?? Infinity]);
        expect(heap.upTo(time).sort()).toEqual(dueBy(time));
      }
    }),
  );
});
