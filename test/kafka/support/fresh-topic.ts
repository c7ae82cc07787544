import { randomBytes } from "node:crypto";
import { withBroker } from "./with-broker.ts";

/** Makes a topic that no other test has, and says its name. */
export async function freshTopic(broker: string, name: string, partitions = 1, config: Readonly<Record<string, string>> = {}): Promise<string> {
  const topic = `${name}-${randomBytes(4).toString("hex")}`;
  await withBroker(broker, (client) => client.createTopic(topic, { partitions, replication: 1, config }));
  return topic;
}
