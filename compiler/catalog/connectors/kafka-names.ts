import { isListLiteral, type LiteralValue } from "../../ir/expr/literal-value.ts";
import { planPattern } from "../functions/regex/pattern-plan.ts";
import type { OptionSpec } from "./connector.ts";

type Check = NonNullable<OptionSpec["check"]>;

/** Names of topics as brokers take them (org.apache.kafka.common.internals.Topic). */
export const topicNames: (value: LiteralValue) => string | undefined = (value) => {
  const names = isListLiteral(value) ? value : [value];
  if (names.length === 0) return "no topic is named";
  const bad = names.find((name) => typeof name === "string" && !isTopicName(name));
  return bad === undefined ? undefined : `${JSON.stringify(bad)} is no name of a topic: it has up to 249 letters, digits, dots, dashes and underscores`;
};

/** The topics that a source reads: texts with commas between, as elsewhere, are written as an array. */
export const subscribedTopics: Check = (value) => {
  const message = topicNames(value);
  if (message === undefined) return undefined;
  const parts = typeof value === "string" ? value.split(",").map((part) => part.trim()) : [];
  if (parts.length > 1 && parts.every(isTopicName)) return { message, help: `write \`subscribe: [${parts.map((part) => JSON.stringify(part)).join(", ")}]\`` };
  return isListLiteral(value) && value.length === 0 ? { message, help: 'name the topics: `subscribe: ["…"]`' } : message;
};

function isTopicName(name: string): boolean {
  return /^[A-Za-z0-9._-]{1,249}$/.test(name) && name !== "." && name !== "..";
}

/** A pattern that the engine of the runtime takes: one in linear time, without looking around. */
export const topicPattern: Check = (value) => {
  if (value === "") return "`subscribePattern` is empty";
  const plan = typeof value === "string" ? planPattern(value) : undefined;
  return plan !== undefined && "problem" in plan ? { message: `\`subscribePattern\` ${plan.problem}`, help: "write a regular expression that matches whole names of topics, such as `clicks-.*`" } : undefined;
};

/** `host:port`, several with commas between. */
export const brokerAddresses: Check = (value) => {
  if (typeof value !== "string") return undefined;
  const addresses = value.split(",").map((address) => address.trim());
  const bad = addresses.find((address) => !isAddress(address));
  if (bad === undefined) return undefined;
  const port = Number(/:(\d+)$/.exec(bad)?.[1] ?? 1);
  const message = /^(\[[0-9A-Fa-f:.]+\]|[^\s:/]+):\d+$/.test(bad) ? `the port of a broker is between 1 and 65535, found ${port}` : `a broker is written \`host:port\`, found ${JSON.stringify(bad)}`;
  const near = addresses.map(withPort).join(",");
  return near.split(",").every(isAddress) ? { message, help: `write \`brokers: ${JSON.stringify(near)}\`` } : message;
};

function isAddress(address: string): boolean {
  const port = Number(/^(?:\[[0-9A-Fa-f:.]+\]|[^\s:/]+):(\d{1,5})$/.exec(address)?.[1] ?? 0);
  return port >= 1 && port <= 65535;
}

/** Without a scheme, and with the usual port where it has none. */
function withPort(address: string): string {
  const host = address.replace(/^[A-Za-z_]+:\/\//, "").replace(/\/$/, "");
  return host === "" || /:\d*$/.test(host) ? host : `${host}:9092`;
}
