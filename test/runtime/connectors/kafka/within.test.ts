import { expect, test } from "vitest";
import { within } from "../../../../runtime/connectors/kafka/within.ts";
import { SimHost } from "../../../../runtime/testing/sim-host.ts";

const endless = (): Promise<void> => new Promise(() => undefined);

test("waits for work that ends, and hears of its failure", async () => {
  const host = new SimHost();
  expect(await within(host, () => Promise.resolve())).toBe(true);
  await expect(within(host, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
});

test("waits for work that does not end only for some seconds, and tells it", async () => {
  const host = new SimHost({ autoAdvance: true });
  let over: AbortSignal | undefined;
  const before = host.clock.monotonic();
  const done = within(host, (signal) => {
    over = signal;
    return endless();
  });
  expect(over?.aborted).toBe(false);
  expect(await done).toBe(false);
  expect(host.clock.monotonic() - before).toBe(5000);
  expect(over?.aborted).toBe(true);
});

test("waits no longer than its signal", async () => {
  const interruption = new AbortController();
  const done = within(new SimHost(), endless, interruption.signal);
  interruption.abort();
  expect(await done).toBe(false);
});
