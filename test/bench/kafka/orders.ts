import { kafkajsClient } from "../../../runtime/connectors/kafka/client/kafkajs-client.ts";
import type { KafkaClient, OutgoingMessage } from "../../../runtime/connectors/kafka/client/kafka-client.ts";

/** The columns of an order, as a job declares them. */
export const orderColumns = "id: long, customer: string, product: string, price: double, quantity: int, created: timestamp, note: string, sent: double";

const perSend = 5000;
const encoder = new TextEncoder();

/** Whether the copies of the bench take an order: half of them. */
export function isDear(id: number): boolean {
  return priceOf(id) > 50;
}

/** An order as JSON, some 170 bytes. `sent`: milliseconds since the epoch. */
export function orderText(id: number, sent: number): string {
  const created = new Date(1_700_000_000_000 + id * 10).toISOString();
  return JSON.stringify({ id, customer: `customer-${id % 5000}`, product: `product-${(id * 7) % 300}`, price: priceOf(id), quantity: 1 + (id % 9), created, note: "leave it at the door", sent });
}

/** A client of the bench. */
export function openClient(address: string): Promise<KafkaClient> {
  return kafkajsClient({ brokers: [address], clientId: "bench", connectionTimeout: 5000, requestTimeout: 30_000, retries: 100, retryInterval: 200, report: () => undefined });
}

/** Sends `rows` orders, in turn to the partitions. */
export async function fillOrders(client: KafkaClient, topic: string, partitions: number, rows: number): Promise<void> {
  const producer = await client.producer({ compression: "none" });
  for (let id = 0; id < rows; id += perSend) {
    const messages: OutgoingMessage[] = [];
    for (let next = id; next < Math.min(rows, id + perSend); next++) messages.push(orderMessage(topic, partitions, next, 1_700_000_000_000));
    await producer.send(messages);
  }
  await producer.close();
}

export function orderMessage(topic: string, partitions: number, id: number, sent: number): OutgoingMessage {
  return { topic, partition: id % partitions, key: null, value: encoder.encode(orderText(id, sent)), headers: [] };
}

/** Neighbours differ much, so that any few orders have dear ones. */
function priceOf(id: number): number {
  return ((id * 7919) % 10_000) / 100;
}
