import type { OutgoingMessage } from "../../../runtime/connectors/kafka/client/kafka-client.ts";
import { withBroker } from "./with-broker.ts";

/** A message to send; texts are UTF-8. */
export interface SentMessage {
  readonly key?: string | Uint8Array | null;
  readonly value: string | Uint8Array | null;
  /** 0 unless given; null: by the key. */
  readonly partition?: number | null;
  readonly headers?: readonly (readonly [key: string, value: string | null])[];
  /** Microseconds since the epoch. */
  readonly timestamp?: number;
}

/** Sends messages to a topic in their order. */
export async function sendMessages(address: string, topic: string, messages: readonly (SentMessage | string)[], compression: "none" | "gzip" = "none"): Promise<void> {
  await withBroker(address, async (client) => {
    const producer = await client.producer({ compression });
    for (let from = 0; from < messages.length; from += 5000) await producer.send(messages.slice(from, from + 5000).map((each) => outgoing(topic, typeof each === "string" ? { value: each } : each)));
    await producer.close();
  });
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
