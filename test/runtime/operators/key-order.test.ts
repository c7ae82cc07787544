import fc from "fast-check";
import { expect, it } from "vitest";
import { keysInOrder } from "../../../runtime/operators/key-order.ts";
import { valueOrder } from "../../../runtime/functions/compare-values.ts";

const first = fc.oneof(fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 8, maxLength: 8 }), fc.array(fc.constantFrom(null, NaN, 0.5, 2, -1e300), { minLength: 8, maxLength: 8 }));

it("orders keys column by column as their types do, whether by numbers or by comparison", () => {
  fc.assert(
    fc.property(first, fc.array(fc.constantFrom("a", "b", null), { minLength: 8, maxLength: 8 }), (numbers, texts) => {
      const columns = [{ type: "double?", get: (key: number) => numbers[key - 10] }, { type: "string?", get: (key: number) => texts[key - 10] }] as const;
      const keys = Int32Array.from(numbers.keys(), (at) => at + 10);
      const [byNumber, byText] = [valueOrder("double?"), valueOrder("string?")];
      const wanted = [...keys].sort((a, b) => byNumber.compare(numbers[a - 10], numbers[b - 10]) || byText.compare(texts[a - 10], texts[b - 10]) || a - b);
      expect([...keysInOrder(keys, columns)]).toEqual(wanted);
      expect([...keysInOrder(keys, [])]).toEqual([...keys]);
    }),
  );
});
