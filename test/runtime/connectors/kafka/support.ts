import type { KafkaClient, KafkaClientFactory } from "../../../../runtime/connectors/kafka/client/kafka-client.ts";
import type { KafkaSourceOptions } from "../../../../runtime/connectors/kafka/source-settings.ts";
import { kafkaSource } from "../../../../runtime/connectors/kafka/source.ts";
import type { SourceLog, StreamSource, TableSource } from "../../../../runtime/connectors/source.ts";
import type { Chunk, MalformedRow } from "../../../../runtime/formats/column-batch.ts";
import { SimHost } from "../../../../runtime/testing/sim-host.ts";
import { VolatileLog } from "../../../../runtime/connectors/volatile-log.ts";
import type { KafkaInMemory } from "../../../support/kafka-in-memory.ts";
import { sourceContext } from "../support.ts";

export interface OpenedStream {
  readonly source: StreamSource;
  readonly warnings: readonly string[];
  readonly host: SimHost;
  readonly log: SourceLog;
}

/** A source of a broker in memory. */
export async function openStream(broker: KafkaInMemory, options: Partial<KafkaSourceOptions>, given: { readonly log?: SourceLog; readonly host?: SimHost; readonly format?: string; readonly stopping?: AbortSignal; readonly signal?: AbortSignal; readonly client?: (client: KafkaClient) => KafkaClient } = {}): Promise<OpenedStream> {
  const host = given.host ?? new SimHost({ autoAdvance: true });
  const log = given.log ?? new VolatileLog();
  const context = { ...sourceContext(host, { log, format: given.format ?? "text", ...(given.stopping === undefined ? {} : { stopping: given.stopping }) }), kafka: changed(broker.factory, given.client), ...(given.signal === undefined ? {} : { signal: given.signal }) };
  const source = await kafkaSource({ brokers: "memory:9092", ...options }).openStream?.(context);
  if (source === undefined) throw new TypeError("no stream");
  return { source, warnings: context.warnings, host, log };
}

function changed(factory: KafkaClientFactory, change: ((client: KafkaClient) => KafkaClient) | undefined): KafkaClientFactory {
  return change === undefined ? factory : async (options) => change(await factory(options));
}

export async function openTable(broker: KafkaInMemory, options: Partial<KafkaSourceOptions>, format = "text"): Promise<{ readonly table: TableSource; readonly warnings: readonly string[] }> {
  const context = { ...sourceContext(new SimHost({ autoAdvance: true }), { format }), kafka: broker.factory };
  const table = await kafkaSource({ brokers: "memory:9092", ...options }).openTable?.(context);
  if (table === undefined) throw new TypeError("no table");
  return { table, warnings: context.warnings };
}

/** The offsets of the messages of chunks, by partition in the order read: `clicks/0: 1 2 3`. */
export async function offsetsOf(chunks: AsyncIterable<Chunk>): Promise<readonly string[]> {
  const offsets = new Map<string, number[]>();
  for await (const { messages } of chunks) {
    if (messages === undefined) throw new TypeError("a chunk without messages");
    const key = `${messages.topic}/${messages.partition}`;
    const known = offsets.get(key) ?? [];
    offsets.set(key, [...known, ...messages.messages.map(({ offset }) => offset)]);
  }
  return [...offsets].map(([key, each]) => `${key}: ${each.join(" ")}`);
}

/** The values of messages, as the chunks have staged them. */
export async function valuesOf(chunks: AsyncIterable<Chunk>): Promise<readonly string[]> {
  const values: string[] = [];
  for await (const { bytes, end, messages } of chunks) {
    if (messages === undefined) throw new TypeError("a chunk without messages");
    messages.messages.forEach((_, at) => {
      const stop = at + 1 < messages.messages.length ? (messages.starts[at + 1] ?? 0) : end;
      values.push(Buffer.from(bytes.subarray(messages.starts[at], stop - 1)).toString("utf8"));
    });
  }
  return values;
}

/** Plans batches until nothing is new, and reads each: its end and its values. */
export async function batchesOf({ source }: OpenedStream, from?: string, first = 0): Promise<readonly { readonly to: string; readonly values: readonly string[] }[]> {
  const batches: { to: string; values: readonly string[] }[] = [];
  for (let start = from, batch = first; ; batch++) {
    const to = await source.latest(start, batch, false);
    if (to === undefined || to === start) return batches;
    batches.push({ to, values: await valuesOf(source.read(start, to)) });
    source.commit(to, batch);
    start = to;
  }
}

export function malformedText({ raw, error, source, position }: MalformedRow): string {
  return `${source}, ${position}: ${error}: ${JSON.stringify(Buffer.from(raw).toString("utf8"))}`;
}
