import zlib from "node:zlib";
import { platformaticClient } from "../platformatic-client.ts";
import { kafkajsClient } from "../../../runtime/connectors/kafka/client/kafkajs-client.ts";
import type { ClientOptions, FetchedMessages, FetchOptions, FetchRange, KafkaClient, KafkaClientFactory, OutgoingMessage } from "../../../runtime/connectors/kafka/client/kafka-client.ts";

/** Sluice's own client, for what the second one leaves to its library. */
export const clients: readonly { readonly name: string; readonly factory: KafkaClientFactory }[] = [{ name: "kafkajs", factory: kafkajsClient }];

/** The clients that the common tests run over, with what one cannot do and why. */
export const allClients: readonly { readonly name: string; readonly factory: KafkaClientFactory; readonly cannot: Readonly<Record<string, string>> }[] = [
  { name: "kafkajs", factory: kafkajsClient, cannot: {} },
  {
    name: "platformatic",
    factory: platformaticClient,
    cannot: {
      "keeps keys, values, headers and times as they are": "it has no headers without a value, and its messages without key or value are refused",
      ...(!("zstdCompressSync" in zlib) ? { "reads what it wrote with compression zstd": "it needs a Node that has zstd" } : {}),
    },
  },
];

/** Options that give up soon. */
export function optionsFor(broker: string, more: Partial<ClientOptions> = {}): ClientOptions {
  return { brokers: [broker], clientId: "sluice-test", connectionTimeout: 2000, requestTimeout: 10_000, retries: 3, retryInterval: 50, report: () => undefined, ...more };
}

/** Runs with a client that is closed in any case. */
export async function withClient<Result>(factory: KafkaClientFactory, options: ClientOptions, use: (client: KafkaClient) => Promise<Result>): Promise<Result> {
  const client = await factory(options);
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}

export const soon: FetchOptions = { isolation: "read_committed", bytesAhead: 4 << 20, maxWait: 50, signal: new AbortController().signal };

/** All that a fetch gives. */
export async function fetchAll(client: KafkaClient, ranges: readonly FetchRange[], options: Partial<FetchOptions> = {}): Promise<readonly FetchedMessages[]> {
  const all: FetchedMessages[] = [];
  for await (const fetched of client.fetch(ranges, { ...soon, ...options })) all.push(fetched);
  return all;
}

export const text = (bytes: Uint8Array | null | undefined): string | null | undefined => (bytes === null || bytes === undefined ? bytes : new TextDecoder().decode(bytes));
export const bytes = (value: string): Uint8Array => new TextEncoder().encode(value);

export function message(topic: string, value: string | null, more: Partial<OutgoingMessage> = {}): OutgoingMessage {
  return { topic, partition: 0, key: null, value: value === null ? null : bytes(value), headers: [], ...more };
}

/** The values of one partition's range as text, and the offset behind. */
export async function valuesOf(client: KafkaClient, range: FetchRange, options: Partial<FetchOptions> = {}): Promise<{ readonly values: readonly (string | null | undefined)[]; readonly next: number | undefined }> {
  const all = await fetchAll(client, [range], options);
  return { values: all.flatMap(({ messages }) => messages.map(({ value }) => text(value))), next: all.at(-1)?.next };
}
