import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { freshTopic } from "./support/fresh-topic.ts";
import { JobFolder } from "./support/job-process.ts";
import { readValues } from "./support/read-topic.ts";
import { sendMessages } from "./support/send-messages.ts";
import { startBroker, type Broker } from "./support/start-broker.ts";

let broker: Broker;
beforeAll(async () => {
  broker = await startBroker();
});
afterAll(() => broker.stop());

const messages = (from: number, count: number): readonly { readonly value: string; readonly partition: number }[] => Array.from({ length: count }, (_, at) => ({ value: `{"id":${from + at}}`, partition: (from + at) % 2 }));

// A broker that is killed may forget to mark a transaction that it has decided, for which readers then wait: it ends in good order there.
it.each([
  ["at least once", "kill"],
  ["exactly once", "shutDown"],
] as const)("%s: a job whose broker is away for seconds waits, says so once, and goes on: nothing twice, nothing lost (%s)", async (delivery, end) => {
  const { address } = broker;
  const [input, output] = [await freshTopic(address, "in", 2), await freshTopic(address, "out", 2)];
  const job = new JobFolder(`source events: { id: long } from kafka("${address}", subscribe: "${input}", startingOffsets: "earliest", format: "json", maxOffsetsPerTrigger: 200, retryInterval: 200 milliseconds, retries: 300)
sink out = events |> where id >= 0 into kafka("${address}", topic: "${output}", format: "json", delivery: "${delivery}", retryInterval: 200 milliseconds, retries: 300)
`);
  try {
    await sendMessages(address, input, messages(0, 10_000));
    const running = job.start([]);
    const arrived = async (): Promise<number> => (await readValues(address, output)).length;
    await expect.poll(arrived, { timeout: 40_000, interval: 100 }).toBeGreaterThan(400);
    await broker[end]();
    await sleep(5000);
    await broker.restart();
    await sendMessages(address, input, messages(10_000, 500));
    await expect.poll(arrived, { timeout: 60_000, interval: 200 }).toBe(10_500);
    running.signal("SIGTERM");
    const { stderr } = await running.ended;
    const ids = (await readValues(address, output)).map((value) => (JSON.parse(value ?? "") as { readonly id: number }).id);
    expect(ids.sort((a, b) => a - b)).toEqual(Array.from({ length: 10_500 }, (_, id) => id));
    // The source and the sink have a client each.
    const lines = stderr.split("\n");
    expect(lines.filter((line) => line.includes("cannot be reached")).length).toBeGreaterThan(0);
    expect(lines.filter((line) => line.includes("cannot be reached")).length).toBeLessThanOrEqual(2);
    expect(lines.filter((line) => line.includes("error"))).toEqual([]);
  } finally {
    job.remove();
  }
}, 150_000);
