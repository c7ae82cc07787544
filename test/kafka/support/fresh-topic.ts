import { randomBytes } from "node:crypto";
import { kafkajsClient } from "../../../runtime/connectors/kafka/client/kafkajs-client.ts";

/** Makes a topic that no other test has, and says its name. */
export async function freshTopic(broker: string, name: string, partitions = 1, config: Readonly<Record<string, string>> = {}): Promise<string> {
  const topic = `${name}-${randomBytes(4).toString("hex")}`;
  const client = await kafkajsClient({ brokers: [broker], clientId: "fresh-topic", connectionTimeout: 5000, requestTimeout: 30_000, retries: 20, retryInterval: 200, report: () => undefined });
  try {
    await client.createTopic(topic, { partitions, replication: 1, config });
  } finally {
    await client.close();
  }
  return topic;
}
