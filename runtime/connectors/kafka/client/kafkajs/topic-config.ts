import type { NodeTable } from "./node-table.ts";
import { errorCodes } from "./protocol-error.ts";

interface ConfigAnswer {
  readonly resources: readonly { readonly errorCode: number; readonly configEntries: readonly { readonly configName: string; readonly configValue: string | null }[] }[];
}

/** What has settings: a topic. */
const topicResource = 2;

/** Settings of a topic by their names; none where this user may not see them. */
export async function topicConfig(nodes: NodeTable, topic: string, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const answer = (await nodes.ask(await nodes.any(), "DescribeConfigs", { resources: [{ type: topicResource, name: topic, configNames: names }] })) as ConfigAnswer;
  const settings = new Map<string, string>();
  for (const { errorCode, configEntries } of answer.resources) {
    if (errorCode === errorCodes.topicAuthorizationFailed) continue;
    nodes.check(errorCode, `topic ${topic}`);
    for (const { configName, configValue } of configEntries) if (configValue !== null) settings.set(configName, configValue);
  }
  return settings;
}
