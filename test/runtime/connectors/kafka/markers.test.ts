import { expect, test } from "vitest";
import type { KafkaClient } from "../../../../runtime/connectors/kafka/client/kafka-client.ts";
import { Markers } from "../../../../runtime/connectors/kafka/markers.ts";
import { SimHost } from "../../../../runtime/testing/sim-host.ts";
import { KafkaInMemory } from "../../../support/kafka-in-memory.ts";

async function markersOf(broker: KafkaInMemory, id = "mine"): Promise<Markers> {
  const client: KafkaClient = await broker.factory({ brokers: ["b:1"], clientId: "t", connectionTimeout: 1, requestTimeout: 1, retries: 0, retryInterval: 1, report: () => undefined });
  return new Markers(client, "commits", id, { host: new SimHost({ autoAdvance: true }), signal: new AbortController().signal, warn: () => undefined });
}

const marker = (batch: number): string => JSON.stringify({ query: "q", batch, run: 1 });

test("the newest marker under the id counts, whatever other sinks and other programs have written", async () => {
  const broker = new KafkaInMemory();
  const markers = await markersOf(broker);
  await markers.ensureTopic();
  await markers.ensureTopic();
  expect(await markers.newest()).toBeUndefined();
  broker.append("commits", 0, { key: "other", value: marker(9) }, { key: "mine", value: marker(3) }, { key: "mine", value: marker(4) }, { key: "mine", value: "no marker" }, { key: "mine", value: "{}" }, { value: marker(7) });
  expect(await markers.newest()).toEqual({ query: "q", batch: 4, run: 1 });
  expect(await (await markersOf(broker, "another")).newest()).toBeUndefined();
});

test("what compaction and retention leave is read, and nothing where all is gone", async () => {
  const broker = new KafkaInMemory();
  const markers = await markersOf(broker);
  broker.createTopic("commits");
  broker.append("commits", 0, ...[0, 1, 2, 3].map((batch) => ({ key: "mine", value: marker(batch) })));
  broker.compact("commits", 0, 0, 1, 2);
  expect((await markers.newest())?.batch).toBe(3);
  broker.removeBelow("commits", 0, 4);
  expect(await markers.newest()).toBeUndefined();
});

test("a marker of a transaction that was aborted does not count", async () => {
  const broker = new KafkaInMemory();
  const markers = await markersOf(broker);
  broker.createTopic("commits");
  const client = await broker.factory({ brokers: ["b:1"], clientId: "t", connectionTimeout: 1, requestTimeout: 1, retries: 0, retryInterval: 1, report: () => undefined });
  const producer = await client.producer({ transactionalId: "mine", compression: "none" });
  for (const [batch, ends] of [[0, "commit"], [1, "abort"]] as const) {
    await producer.begin();
    await producer.send([markers.message({ query: "q", batch, run: 1 })]);
    await producer[ends]();
  }
  expect(await markers.newest()).toEqual({ query: "q", batch: 0, run: 1 });
});
