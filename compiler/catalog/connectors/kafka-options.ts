import { booleanType, durationType, intType, stringType } from "../../ir/types/data-type.ts";
import { aboveZero } from "./above-zero.ts";
import { atLeast } from "./at-least.ts";
import type { CheckTogether, OptionConflict, OptionSpec } from "./connector.ts";
import { brokerAddresses } from "./kafka-names.ts";
import { notEmpty } from "./not-empty.ts";

/** How brokers are reached: options of the source and of the sink. */
export const clientOptions: readonly OptionSpec[] = [
  { name: "brokers", type: stringType, required: true, position: 0, check: brokerAddresses },
  { name: "clientId", type: stringType, check: notEmpty("clientId") },
  { name: "tls", type: booleanType },
  { name: "tlsCa", type: stringType, check: notEmpty("tlsCa") },
  { name: "tlsCertificate", type: stringType, check: notEmpty("tlsCertificate") },
  { name: "tlsKey", type: stringType, check: notEmpty("tlsKey") },
  { name: "tlsPassphrase", type: stringType, isSecret: true },
  { name: "tlsServerName", type: stringType, check: notEmpty("tlsServerName") },
  { name: "sasl", type: "words", allowed: ["plain", "scram-sha-256", "scram-sha-512"] },
  { name: "username", type: stringType },
  { name: "password", type: stringType, isSecret: true },
  { name: "connectionTimeout", type: durationType, check: aboveZero("connectionTimeout") },
  { name: "requestTimeout", type: durationType, check: aboveZero("requestTimeout") },
  { name: "retries", type: intType, check: atLeast("retries", 0) },
  { name: "retryInterval", type: durationType, check: aboveZero("retryInterval") },
];

const ofTls = ["tlsCa", "tlsCertificate", "tlsKey", "tlsPassphrase", "tlsServerName"];

/** TLS and SASL belong together each. */
export const checkClient: CheckTogether = (given) => needed(given, [...ofTls.map((name) => [name, "tls", "tls: true"] as const), ["tlsCertificate", "tlsKey", 'tlsKey: "…"'], ["tlsKey", "tlsCertificate", 'tlsCertificate: "…"'], ["tlsPassphrase", "tlsKey", 'tlsKey: "…"'], ["sasl", "username", 'username: "…"'], ["sasl", "password", "password: …"], ["username", "sasl", 'sasl: "scram-sha-512"'], ["password", "sasl", 'sasl: "scram-sha-512"']]);

/** Of pairs of an option and the one that it needs, with that as a job writes it, the first that lacks it; `false` is as good as nothing. */
function needed(given: Parameters<CheckTogether>[0], pairs: readonly (readonly [option: string, other: string, written: string])[]): OptionConflict | undefined {
  const found = pairs.find(([option, other]) => given.has(option) && (!given.has(other) || given.get(other) === false));
  return found === undefined ? undefined : { option: found[0], message: `\`${found[0]}\` needs \`${found[1]}\``, help: `add \`${found[2]}\`` };
}
