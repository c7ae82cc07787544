import type { NodeTable } from "./node-table.ts";
import { ProtocolError } from "./protocol-error.ts";
import { topicConfig } from "./topic-config.ts";

const name = "cleanup.policy";

/** Whether a topic's messages may be removed by compaction, which leaves offsets without any; undefined where the brokers do not say it. */
export async function isCompacted(nodes: NodeTable, topic: string): Promise<boolean | undefined> {
  try {
    const policy = (await topicConfig(nodes, topic, [name])).get(name);
    return policy?.split(",").some((each) => each.trim() === "compact");
  } catch (error) {
    if (error instanceof ProtocolError && !error.passes) return undefined;
    throw error;
  }
}
