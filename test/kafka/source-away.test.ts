import { afterAll, beforeAll, expect, test } from "vitest";
import { kafkajsClient } from "../../runtime/connectors/kafka/client/kafkajs-client.ts";
import { kafkaSource } from "../../runtime/connectors/kafka/source.ts";
import { VolatileLog } from "../../runtime/connectors/volatile-log.ts";
import { nodeHost } from "../../runtime/host/node-host.ts";
import { sourceContext } from "../runtime/connectors/support.ts";
import { message, optionsFor, withClient } from "./support/clients.ts";
import { freshTopic } from "./support/fresh-topic.ts";
import { startBroker, type Broker } from "./support/start-broker.ts";

let broker: Broker;
beforeAll(async () => {
  broker = await startBroker();
});
afterAll(() => broker.stop());

test("a broker that is killed and comes back is waited for: between batches, while one is planned, and while one is read", async () => {
  const topic = await freshTopic(broker.address, "away", 2);
  const send = (from: number, count: number): Promise<void> =>
    withClient(kafkajsClient, optionsFor(broker.address, { retries: 100 }), async (client) => {
      const producer = await client.producer({ compression: "none" });
      await producer.send(Array.from({ length: count }, (_, at) => message(topic, `${from + at} ${"x".repeat(500)}`, { partition: (from + at) % 2 })));
      await producer.close();
    });
  const context = sourceContext(nodeHost(), { log: new VolatileLog(), format: "text" });
  const source = await kafkaSource({ brokers: broker.address, subscribe: topic, startingOffsets: "earliest", retries: 200, retryInterval: 100_000 }).openStream?.(context);
  if (source === undefined) throw new TypeError("no stream");
  const seen: number[] = [];
  await send(0, 20_000);
  const first = (await source.latest(undefined, 0, false)) ?? "";
  let chunks = 0;
  for await (const { messages } of source.read(undefined, first)) {
    seen.push(...(messages?.messages ?? []).map(({ value }) => Number(Buffer.from(value ?? []).toString().split(" ")[0])));
    if (++chunks === 3) {
      await broker.kill();
      setTimeout(() => void broker.restart(), 500);
    }
  }
  expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: 20_000 }, (_, at) => at));
  const waiting = source.waitForData(AbortSignal.timeout(30_000));
  await broker.kill();
  const planning = source.latest(first, 1, false);
  await broker.restart();
  expect(await planning).toBe(first);
  await send(20_000, 2);
  await waiting;
  expect(await source.latest(first, 1, false)).toBe(`{"${topic}":{"0":10001,"1":10001}}`);
  await source.close();
  expect(context.warnings.filter((warning) => warning.includes("cannot be reached")).length).toBeGreaterThan(0);
});
