import { expect, it } from "vitest";
import { soak, type SoakSample } from "./soak.ts";

it("state and memory are as large after ten thousand batches as after two thousand", { timeout: 300_000 }, async () => {
  const samples: SoakSample[] = [];
  await soak(10_000, 2000, (sample) => void samples.push(sample));
  const [first, ...later] = samples;
  if (first === undefined) throw new RangeError("no samples");
  expect(Object.keys(first.rows).length).toBeGreaterThan(15);
  for (const { batch, rows, stateBytes, heapBytes } of later) {
    for (const [operator, count] of Object.entries(rows)) expect(count, `${operator} after ${batch} batches`).toBeLessThanOrEqual((first.rows[operator] ?? 0) + 60);
    expect(stateBytes, `after ${batch} batches`).toBeLessThan(first.stateBytes * 2);
    expect(heapBytes, `after ${batch} batches`).toBeLessThan(first.heapBytes + 8_000_000);
  }
});
