import fc from "fast-check";
import { expect, it } from "vitest";
import { createFirstKeys } from "../../../runtime/operators/first-keys.ts";
import { ascending, descending } from "../../../runtime/operators/row-order.ts";
import { takeTop, type TopOrder } from "../../../runtime/operators/top-rows.ts";

interface Sale {
  readonly shop: string | null;
  readonly amount: number | null;
  readonly id: number;
}

const top = (count: number, ties: boolean): TopOrder<Sale> => ({
  count,
  ties,
  per: [ascending((row) => row.shop, "string?")],
  by: [descending((row) => row.amount, "int?")],
  content: { shop: "string?", amount: "int?", id: "int" },
});

const sales = fc.array(
  fc.record({ shop: fc.constantFrom("a", "b", null), amount: fc.constantFrom(1, 2, 3, null), id: fc.nat({ max: 3 }) }),
  { maxLength: 20 },
);

it("gives each row the place that counting the better ones gives, and does not depend on how the rows came", () => {
  fc.assert(
    fc.property(sales, fc.integer({ min: 0, max: 4 }), fc.boolean(), (rows, count, ties) => {
      const taken = takeTop([...rows], top(count, ties));
      const better = (a: Sale, b: Sale): boolean => (a.amount ?? 0) > (b.amount ?? 0);
      for (const { row, rank } of taken) {
        const before = rows.filter((other) => other.shop === row.shop && better(other, row)).length;
        const equal = rows.filter((other) => other.shop === row.shop && other.amount === row.amount).length;
        expect(rank).toBeGreaterThan(before);
        expect(rank).toBeLessThanOrEqual(ties ? before + 1 : before + equal);
      }
      for (const shop of ["a", "b", null]) {
        const of = rows.filter((row) => row.shop === shop);
        const wanted = ties ? of.filter((row) => of.filter((other) => better(other, row)).length < count).length : Math.min(of.length, count);
        expect(taken.filter(({ row }) => row.shop === shop).length).toBe(wanted);
      }
      expect(takeTop([...rows].reverse(), top(count, ties))).toEqual(taken);
    }),
  );
});

it("lets the first of each key pass, null being a key too, and begins anew when cleared", () => {
  const keys = createFirstKeys({ key: { a: "string?", b: "int" } });
  const came: readonly (readonly [string | null, number])[] = [["x", 1], [null, 1], ["x", 2], ["x", 1], [null, 1], [null, 2]];
  expect(came.map((key) => keys.isFirst(key))).toEqual([true, true, true, false, false, true]);
  keys.clear();
  expect(keys.isFirst(["x", 1])).toBe(true);
  expect(keys.isFirst(["x", 1])).toBe(false);
});
