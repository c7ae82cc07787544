import type { NodeTable } from "./node-table.ts";

interface ConfigAnswer {
  readonly resources: readonly { readonly errorCode: number; readonly configEntries: readonly { readonly configName: string; readonly configValue: string | null }[] }[];
}

const ofTopic = 2;
const name = "cleanup.policy";

/** Whether a topic's messages may be removed by compaction, which leaves offsets without any; undefined where the brokers do not say it. */
export async function isCompacted(nodes: NodeTable, topic: string): Promise<boolean | undefined> {
  const { resources } = (await nodes.ask(await nodes.any(), "DescribeConfigs", { resources: [{ type: ofTopic, name: topic, configNames: [name] }], includeSynonyms: false })) as ConfigAnswer;
  const policy = resources.find(({ errorCode }) => errorCode === 0)?.configEntries.find(({ configName }) => configName === name)?.configValue;
  return typeof policy === "string" ? policy.split(",").some((each) => each.trim() === "compact") : undefined;
}
