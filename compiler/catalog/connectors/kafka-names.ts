import { isListLiteral, type LiteralValue } from "../../ir/expr/literal-value.ts";
import type { OptionSpec } from "./connector.ts";

/** Names of topics as brokers take them (org.apache.kafka.common.internals.Topic). */
export const topicNames: NonNullable<OptionSpec["check"]> = (value: LiteralValue) => {
  const names = isListLiteral(value) ? value : [value];
  if (names.length === 0) return "no topic is named";
  const bad = names.find((name) => typeof name === "string" && !isTopicName(name));
  return bad === undefined ? undefined : `${JSON.stringify(bad)} is no name of a topic: it has up to 249 letters, digits, dots, dashes and underscores`;
};

function isTopicName(name: string): boolean {
  return /^[A-Za-z0-9._-]{1,249}$/.test(name) && name !== "." && name !== "..";
}

/** `host:port`, several with commas between. */
export const brokerAddresses: NonNullable<OptionSpec["check"]> = (value) => {
  if (typeof value !== "string") return undefined;
  const bad = value.split(",").find((address) => !/^\s*(\[[0-9A-Fa-f:.]+\]|[^\s:/]+):\d{1,5}\s*$/.test(address));
  return bad === undefined ? undefined : `a broker is written \`host:port\`, found ${JSON.stringify(bad.trim())}`;
};
