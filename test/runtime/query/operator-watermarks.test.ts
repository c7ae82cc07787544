import { expect, it } from "vitest";
import type { KeptOperator } from "../../../runtime/operators/stateful.ts";
import { OperatorWatermarks } from "../../../runtime/query/operator-watermarks.ts";

/** An operator that holds what stands above it back by `back` milliseconds. */
function operator(operatorId: string, back?: number): KeptOperator {
  const part: Pick<KeptOperator, "descriptor" | "outputWatermark"> = {
    descriptor: { operatorId, key: [], value: [] },
    ...(back === undefined ? {} : { outputWatermark: (input: number) => Math.min(input, input - back) }),
  };
  // Nothing else is asked for here.
  return part as KeptOperator;
}

function watermarks(): OperatorWatermarks {
  const all = new OperatorWatermarks();
  all.add(operator("a/join", 3_600_001), []);
  all.add(operator("b/join", 0), []);
  all.add(operator("c/join", 1000), ["a/join", "b/join"]);
  all.add(operator("out/aggregate"), ["c/join"]);
  all.add(operator("beside/aggregate"), []);
  return all;
}

it("gives what stands above no join the query's watermark", () => {
  expect(watermarks().of("beside/aggregate", 4_500_000)).toBe(4_500_000);
  expect(watermarks().of("a/join", 4_500_000)).toBe(4_500_000);
});

it("holds what stands above joins back by all of them, as far as the slowest does", () => {
  expect(watermarks().of("c/join", 8_160_000)).toBe(4_559_999);
  expect(watermarks().of("out/aggregate", 8_160_000)).toBe(4_558_999);
});

it("goes never below 0, and to either end at once", () => {
  expect(watermarks().of("out/aggregate", 3_620_000)).toBe(18_999);
  expect(watermarks().of("out/aggregate", 0)).toBe(0);
  expect(watermarks().of("out/aggregate", Infinity)).toBe(Infinity);
  expect(watermarks().of("out/aggregate", -Infinity)).toBe(-Infinity);
});
