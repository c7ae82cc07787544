import { expect, test } from "vitest";
import { messagesBehind } from "../../../../runtime/connectors/kafka/messages-behind.ts";
import { KafkaInMemory } from "../../../support/kafka-in-memory.ts";

const options = { isolation: "read_committed", maxWait: 500 } as const;
const clientOptions = { brokers: ["b:9092"], clientId: "test", connectionTimeout: 1000, requestTimeout: 1000, retries: 0, retryInterval: 1, report: () => undefined };

test("it is told of what comes behind one of the ends, and of an open transaction when that is decided", async () => {
  const broker = new KafkaInMemory();
  broker.createTopic("t", 2);
  const client = await broker.factory(clientOptions);
  const { signal } = new AbortController();
  let told = false;
  const waiting = messagesBehind(client, new Map([["t/0", 0], ["t/1", 0]]), options, signal).then((came) => (told = came));
  const transaction = broker.begin();
  transaction.append("t", 1, "x");
  await new Promise((resolve) => setImmediate(resolve));
  expect(told).toBe(false);
  transaction.abort();
  expect(await waiting).toBe(true);
});

test("it is false without partitions, when the signal fires, and where the asking fails", async () => {
  const broker = new KafkaInMemory();
  broker.createTopic("t");
  const client = await broker.factory(clientOptions);
  const stop = new AbortController();
  expect(await messagesBehind(client, new Map(), options, stop.signal)).toBe(false);
  expect(await messagesBehind(client, new Map([["gone/0", 0]]), options, stop.signal)).toBe(false);
  const waiting = messagesBehind(client, new Map([["t/0", 0]]), options, stop.signal);
  stop.abort();
  expect(await waiting).toBe(false);
});
