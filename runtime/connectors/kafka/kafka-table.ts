import type { Chunk } from "../../formats/column-batch.ts";
import { interruptible } from "../../query/interruptible.ts";
import type { SourceContext, TableSource } from "../source.ts";
import { BrokerPositions } from "./broker-positions.ts";
import type { KafkaClient } from "./client/kafka-client.ts";
import { DataLoss } from "./data-loss.ts";
import { MessageChunks } from "./message-chunks.ts";
import { ownPositions } from "./own-positions.ts";
import { inOrder, offsetText, type PartitionOffsets } from "./partition-offsets.ts";
import { latestOffset, earliestOffset, type Positions } from "./positions.ts";
import { readRanges } from "./read-ranges.ts";
import { badPositions } from "./source-errors.ts";
import type { KafkaSourceSettings } from "./source-settings.ts";
import { splitRanges } from "./split-ranges.ts";
import type { Subscribed } from "./subscription.ts";

/** Topics read whole, from the earliest message to the latest unless the options say otherwise. Where it starts and ends is fixed when it is opened, so that every reading in a run gives the same. */
export class KafkaTable implements TableSource {
  readonly description: string;
  readonly #context: SourceContext;
  readonly #settings: KafkaSourceSettings;
  readonly #connect: () => Promise<KafkaClient>;
  readonly #loss: DataLoss;
  readonly #start: PartitionOffsets;
  readonly #end: PartitionOffsets;

  private constructor(context: SourceContext, settings: KafkaSourceSettings, connect: () => Promise<KafkaClient>, parts: { readonly description: string; readonly loss: DataLoss; readonly start: PartitionOffsets; readonly end: PartitionOffsets }) {
    this.description = `KafkaTable[${parts.description}]`;
    this.#context = context;
    this.#settings = settings;
    this.#connect = connect;
    this.#loss = parts.loss;
    this.#start = parts.start;
    this.#end = parts.end;
  }

  /** A table has no `close`: a client is made for each reading, and this one ends here. */
  static async open(context: SourceContext, settings: KafkaSourceSettings, connect: () => Promise<KafkaClient>, subscribed: Subscribed): Promise<KafkaTable> {
    const { start = { kind: "earliest" }, end = { kind: "latest" }, isolation, latestWithoutMatch, failOnDataLoss } = settings;
    refuseWrongSide("startingOffsets", start, "latest", latestOffset);
    refuseWrongSide("endingOffsets", end, "earliest", earliestOffset);
    const loss = new DataLoss(failOnDataLoss, context.warn);
    const { host } = context;
    const signal = AbortSignal.any([context.signal, context.stopping]);
    const client = await connect();
    try {
      const positions = new BrokerPositions(client, isolation, { host, signal });
      const there = await interruptible(subscribed.all(client), signal);
      subscribed.check(there, context.warn);
      const partitions = subscribed.own(there);
      const from = await interruptible(positions.resolve(ownPositions(start, there, partitions), partitions, latestWithoutMatch ? "latest" : "error", loss), signal);
      const until = await interruptible(positions.resolve(ownPositions(end, there, partitions), partitions, "latest", loss), signal);
      return new KafkaTable(context, settings, connect, { description: subscribed.description, loss, start: from, end: until });
    } finally {
      await client.close();
    }
  }

  async *read(): AsyncGenerator<Chunk, void, undefined> {
    const { isolation, maxWait, timeout, maxMessageBytes, splits } = this.#settings;
    const { format, host, signal } = this.#context;
    const ranges = inOrder(this.#end.keys()).map((key) => ({ key, from: this.#start.get(key) ?? 0, until: this.#end.get(key) ?? 0 }));
    const client = await this.#connect();
    try {
      yield* readRanges(splitRanges(ranges, splits), { host, client, positions: new BrokerPositions(client, isolation, { host, signal }), topics: new Map(), chunks: new MessageChunks(format, maxMessageBytes), loss: this.#loss, options: { isolation, maxWait, timeout }, signal });
    } finally {
      await client.close();
    }
  }

  fingerprint(): string {
    return `${offsetText(this.#start)} ${offsetText(this.#end)}`;
  }
}

/** What starts at its end or ends at its start is empty, which nobody means (Spark: KafkaSourceProvider.validateBatchOptions). */
function refuseWrongSide(option: string, positions: Positions, word: "earliest" | "latest", offset: number): void {
  const isWrong = positions.kind === word || (positions.kind === "offsets" && [...positions.offsets.values()].includes(offset));
  if (isWrong) throw badPositions(option, `is ${positions.kind === word ? `"${word}"` : `${offset} for a partition`}, where the topics are read whole`, word === "latest" ? 'leave it out, or take "earliest": what is read whole ends at the latest message' : "leave it out: what is read whole begins at the earliest message");
}
