import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { kafkajsClient } from "../../runtime/connectors/kafka/client/kafkajs-client.ts";
import type { KafkaClientFactory } from "../../runtime/connectors/kafka/client/kafka-client.ts";
import { kafkaSink } from "../../runtime/connectors/kafka/sink.ts";
import { nodeHost } from "../../runtime/host/node-host.ts";
import { batchOf, runBatch, sinkContext } from "../runtime/connectors/sink-support.ts";
import { freshTopic } from "./support/fresh-topic.ts";
import { readValues } from "./support/read-topic.ts";
import { startBroker } from "./support/start-broker.ts";

it("a transactional id that the brokers have forgotten between two batches is taken anew, and no batch is lost or repeated", { timeout: 60_000 }, async () => {
  const broker = await startBroker({ settings: { "transactional.id.expiration.ms": "500", "transaction.remove.expired.transaction.cleanup.interval.ms": "200" } });
  try {
    const topic = await freshTopic(broker.address, "out");
    let producers = 0;
    const kafka: KafkaClientFactory = async (options) => {
      const client = await kafkajsClient(options);
      return Object.assign(Object.create(client) as typeof client, {
        ...Object.fromEntries((["topics", "partitions", "offsets", "topicIds", "fetch", "commitOffsets", "topicConfig", "createTopic", "close"] as const).map((call) => [call, client[call].bind(client)])),
        producer: (settings: Parameters<typeof client.producer>[0]) => {
          producers++;
          return client.producer(settings);
        },
      });
    };
    const host = nodeHost();
    const sink = await kafkaSink({ brokers: broker.address, topic, format: "json", delivery: "exactly once" }).open(sinkContext(host, { checkpointId: randomUUID(), kafka }));
    let batches = 0;
    // The longer nothing is sent, the surer they have forgotten it.
    for (let pause = 1000; producers < 2; pause += 1000) {
      await runBatch(sink, batchOf(batches), [["+I", batches, "n"]]);
      batches++;
      await host.timers.sleep(pause);
    }
    await sink.close();
    await expect.poll(() => readValues(broker.address, topic), { timeout: 10_000 }).toEqual(Array.from({ length: batches }, (_, id) => JSON.stringify({ id, name: "n" })));
  } finally {
    await broker.stop();
  }
});
