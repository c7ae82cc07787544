import { expect, inject, test } from "vitest";
import { isCompacted } from "../../runtime/connectors/kafka/client/kafkajs/is-compacted.ts";
import { kafkajsLibrary } from "../../runtime/connectors/kafka/client/kafkajs/kafkajs-library.ts";
import { NodeTable } from "../../runtime/connectors/kafka/client/kafkajs/node-table.ts";
import { optionsFor } from "./support/clients.ts";
import { freshTopic } from "./support/fresh-topic.ts";

const broker = inject("kafka");

test("a broker says whether a topic is compacted", async () => {
  const nodes = new NodeTable(await kafkajsLibrary(), optionsFor(broker));
  try {
    expect(await isCompacted(nodes, await freshTopic(broker, "kept"))).toBe(false);
    expect(await isCompacted(nodes, await freshTopic(broker, "compacted", 1, { "cleanup.policy": "compact" }))).toBe(true);
    expect(await isCompacted(nodes, await freshTopic(broker, "both", 1, { "cleanup.policy": "compact,delete" }))).toBe(true);
    expect(await isCompacted(nodes, "not-there")).toBeUndefined();
  } finally {
    nodes.close();
  }
});
