import { expect, test } from "vitest";
import type { KafkaClient } from "../../../../runtime/connectors/kafka/client/kafka-client.ts";
import { Markers } from "../../../../runtime/connectors/kafka/markers.ts";
import { SimHost } from "../../../../runtime/testing/sim-host.ts";
import { KafkaInMemory } from "../../../support/kafka-in-memory.ts";

async function markersOf(broker: KafkaInMemory, id = "mine", signal = new AbortController().signal): Promise<Markers> {
  const client: KafkaClient = await broker.factory({ brokers: ["b:1"], clientId: "t", connectionTimeout: 1, requestTimeout: 1, retries: 0, retryInterval: 1, report: () => undefined });
  return new Markers(client, "commits", id, { host: new SimHost({ autoAdvance: true }), signal, warn: () => undefined });
}

/** As an older Sluice has written it. */
const marker = (batch: number): string => JSON.stringify({ query: "q", batch, run: 1 });

test("the newest marker under the id counts, whatever other sinks and other programs have written", async () => {
  const broker = new KafkaInMemory();
  const markers = await markersOf(broker);
  await markers.ensureTopic();
  await markers.ensureTopic();
  expect(await markers.newest()).toBeUndefined();
  broker.append("commits", 0, { key: "other", value: marker(9) }, { key: "mine", value: marker(3) }, { key: "mine", value: marker(4) }, { key: "mine", value: "no marker" }, { key: "mine", value: "{}" }, { value: marker(7) });
  expect(await markers.newest()).toBe(4);
  expect(await (await markersOf(broker, "another")).newest()).toBeUndefined();
});

test("what compaction and retention leave is read, and nothing where all is gone", async () => {
  const broker = new KafkaInMemory();
  const markers = await markersOf(broker);
  broker.createTopic("commits");
  broker.append("commits", 0, ...[0, 1, 2, 3].map((batch) => ({ key: "mine", value: marker(batch) })));
  broker.compact("commits", 0, 0, 1, 2);
  expect(await markers.newest()).toBe(3);
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
    await producer.send([markers.message(batch)]);
    await producer[ends]();
  }
  expect(await markers.newest()).toBe(0);
});

test("a reading that is interrupted is no reading to the end, also where the client just stops", async () => {
  const broker = new KafkaInMemory();
  broker.createTopic("commits");
  broker.append("commits", 0, { key: "mine", value: marker(3) });
  const interruption = new AbortController();
  const reason = new Error("interrupted");
  const stopping: typeof broker.factory = async (options) => ({
    ...(await broker.factory(options)),
    async *fetch() {
      yield await Promise.resolve({ topic: "commits", partition: 0, messages: [], next: 0 });
      interruption.abort(reason);
    },
  });
  const markers = await markersOf(Object.assign(Object.create(broker) as KafkaInMemory, { factory: stopping }), "mine", interruption.signal);
  await expect(markers.newest()).rejects.toBe(reason);
});

test.each([
  ["delete", {}, "R7746"],
  ["compact,delete", { "retention.ms": "604800000", "retention.bytes": "-1" }, "R7746"],
  ["compact,delete", { "retention.ms": "-1", "retention.bytes": "-1" }, undefined],
  ["compact", { "retention.ms": "604800000", "retention.bytes": "-1" }, undefined],
])("a topic of markers with the policy %s and %j is refused where markers would go", async (policy, settings, code) => {
  const broker = new KafkaInMemory();
  broker.createTopic("commits", 1, { "cleanup.policy": policy, ...settings });
  const made = (await markersOf(broker)).ensureTopic();
  if (code === undefined) await made;
  else await expect(made).rejects.toMatchObject({ code, how: expect.stringContaining("cleanup.policy=compact") });
});
