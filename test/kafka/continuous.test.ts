import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, inject, it } from "vitest";
import { kafkajsClient } from "../../runtime/connectors/kafka/client/kafkajs-client.ts";
import type { KafkaClient } from "../../runtime/connectors/kafka/client/kafka-client.ts";
import { nodeHost } from "../../runtime/host/node-host.ts";
import { start, type StartedJob } from "../../runtime/query/start.ts";
import { compileText, loadJob } from "../support/load-job.ts";
import { freshTopic } from "./support/fresh-topic.ts";
import { readValues } from "./support/read-topic.ts";

const address = inject("kafka");
const clients: KafkaClient[] = [];
const folders: string[] = [];

afterAll(async () => {
  for (const client of clients) await client.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

async function client(): Promise<KafkaClient> {
  const made = await kafkajsClient({ brokers: [address], clientId: "test", connectionTimeout: 5000, requestTimeout: 10_000, retries: 20, retryInterval: 200, report: () => undefined });
  clients.push(made);
  return made;
}

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "sluice-continuous-"));
  folders.push(made);
  return made;
}

/** A sender of messages `{"n":0}`, one at a time. */
async function sender(topic: string): Promise<{ send(n: number): Promise<void>; close(): Promise<void> }> {
  const producer = await (await client()).producer({ compression: "none" });
  return {
    send: (n) => producer.send([{ topic, partition: n % 2, key: null, value: Buffer.from(JSON.stringify({ n })), headers: [] }]),
    close: () => producer.close(),
  };
}

const jobText = (input: string, output: string, trigger: string): string => `
source bids: { n: long } from kafka("${address}", subscribe: "${input}", startingOffsets: "earliest", format: "json")
sink out = bids |> where n % 10 <> 9 |> extend n * 2 as twice into kafka("${address}", topic: "${output}", format: "json") trigger ${trigger}
`;

const run = (text: string, checkpoint: string): StartedJob => start(loadJob(compileText(text, { optimize: true })), { host: nodeHost(), checkpoint });

it("a message comes out long before the checkpoint is written", async () => {
  const [input, output] = [await freshTopic(address, "in", 2), await freshTopic(address, "out")];
  let seen = 0;
  const done = new AbortController();
  const reader = await client();
  const reading = (async () => {
    for await (const { messages } of reader.fetch([{ topic: output, partition: 0, from: 0 }], { isolation: "read_committed", maxWait: 100, bytesAhead: 1 << 20, signal: done.signal })) {
      seen += messages.length;
    }
  })().catch(() => undefined);
  const { manager } = run(jobText(input, output, "continuous 1000 days"), folder());
  const { send, close } = await sender(input);
  for (let n = 0; n < 200; n++) await send(n);
  await expect.poll(() => seen, { timeout: 30_000, interval: 20 }).toBe(180);
  expect(manager.active[0]?.recentProgress).toEqual([]);
  await Promise.all(manager.active.map((query) => query.stop()));
  done.abort();
  await reading;
  await close();
}, 60_000);

it("goes on from its checkpoint, with another trigger and back, and loses nothing when it is interrupted", async () => {
  const [input, output] = [await freshTopic(address, "in", 2), await freshTopic(address, "out")];
  const checkpoint = folder();
  const { send, close } = await sender(input);
  let n = 0;
  for (const [trigger, end] of [["continuous 100 milliseconds", "stop"], ["asap", "stop"], ["continuous", "interrupt"], ["continuous", "stop"]] as const) {
    const { manager } = run(jobText(input, output, trigger), checkpoint);
    for (const next = n + 50; n < next; n++) await send(n);
    const [query] = manager.active;
    if (end === "interrupt") await query?.interrupt();
    else {
      await query?.processAllAvailable();
      await query?.stop();
      expect(query?.exception).toBeUndefined();
    }
  }
  await close();
  const got = (await readValues(address, output)).map((value) => (JSON.parse(value ?? "{}") as { n: number }).n);
  const wanted = Array.from({ length: n }, (_, at) => at).filter((at) => at % 10 !== 9);
  expect(new Set(got)).toEqual(new Set(wanted));
  // Only what came since the last entry may come again: nothing of the runs that were stopped in order.
  for (const each of wanted.filter((at) => at < 100)) expect(got.filter((at) => at === each)).toHaveLength(1);
}, 60_000);
