import { kafkajsClient } from "../../../runtime/connectors/kafka/client/kafkajs-client.ts";

export interface WrittenMessage {
  readonly key: string | null;
  readonly value: string | Uint8Array | null;
}

/** Writes messages into a topic in their order, those of a key into one partition. */
export async function writeTopic(address: string, topic: string, messages: readonly WrittenMessage[]): Promise<void> {
  const client = await kafkajsClient({ brokers: [address], clientId: "writer", connectionTimeout: 5000, requestTimeout: 10_000, retries: 20, retryInterval: 200, report: () => undefined });
  const bytes = (value: string | Uint8Array | null): Uint8Array | null => (typeof value === "string" ? new TextEncoder().encode(value) : value);
  try {
    const producer = await client.producer({ compression: "gzip" });
    await producer.send(messages.map(({ key, value }) => ({ topic, partition: null, key: bytes(key), value: bytes(value), headers: [] })));
    await producer.close();
  } finally {
    await client.close();
  }
}
