import type { KafkaClient } from "../../../runtime/connectors/kafka/client/kafka-client.ts";
import { kafkajsClient } from "../../../runtime/connectors/kafka/client/kafkajs-client.ts";

/** Runs with a client of a broker that may be starting again, and closes it in any case. */
export async function withBroker<Result>(address: string, use: (client: KafkaClient) => Promise<Result>): Promise<Result> {
  const client = await kafkajsClient({ brokers: [address], clientId: "sluice-test", connectionTimeout: 5000, requestTimeout: 30_000, retries: 100, retryInterval: 200, report: () => undefined });
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}
