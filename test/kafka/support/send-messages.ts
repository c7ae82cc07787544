import type { OutgoingMessage } from "../../../runtime/connectors/kafka/client/kafka-client.ts";
import { kafkajsClient } from "../../../runtime/connectors/kafka/client/kafkajs-client.ts";

/** A message to send; texts are UTF-8. */
export interface SentMessage {
  readonly key?: string | Uint8Array | null;
  readonly value: string | Uint8Array | null;
  readonly partition?: number;
  readonly headers?: readonly (readonly [key: string, value: string | null])[];
  /** Microseconds since the epoch. */
  readonly timestamp?: number;
}

/** Sends messages to a topic, each to partition 0 unless it says another. */
export async function sendMessages(address: string, topic: string, messages: readonly (SentMessage | string)[], compression: "none" | "gzip" = "none"): Promise<void> {
  const client = await kafkajsClient({ brokers: [address], clientId: "writer", connectionTimeout: 5000, requestTimeout: 10_000, retries: 100, retryInterval: 200, report: () => undefined });
  try {
    const producer = await client.producer({ compression });
    for (let from = 0; from < messages.length; from += 5000) await producer.send(messages.slice(from, from + 5000).map((each) => outgoing(topic, typeof each === "string" ? { value: each } : each)));
    await producer.close();
  } finally {
    await client.close();
  }
}

function outgoing(topic: string, { key = null, value, partition = 0, headers = [], timestamp }: SentMessage): OutgoingMessage {
  return {
    topic,
    partition,
    key: bytesOf(key),
    value: bytesOf(value),
    headers: headers.map(([name, header]) => ({ key: name, value: bytesOf(header) })),
    ...(timestamp === undefined ? {} : { timestamp }),
  };
}

function bytesOf(value: string | Uint8Array | null): Uint8Array | null {
  return typeof value === "string" ? Buffer.from(value) : value;
}
