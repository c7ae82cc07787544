import { expect, inject, it } from "vitest";
import { memoryRun } from "./support/memory-run.ts";

it("a job whose sink is slower than its source stays below 256 MB while it reads 300 MB in one batch", async () => {
  const { messages, arrived, resident } = await memoryRun({ address: inject("kafka"), bytes: 300e6, bytesPerSecond: 15e6 });
  expect(arrived).toBe(messages);
  expect(resident).toBeGreaterThan(30e6);
  expect(resident).toBeLessThan(256e6);
}, 240_000);
