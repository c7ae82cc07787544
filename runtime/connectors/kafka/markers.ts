import type { Host } from "../../host/host.ts";
import { interruptible } from "../../query/interruptible.ts";
import type { KafkaClient, OutgoingMessage } from "./client/kafka-client.ts";
import { markersExpire, noCommitsTopic } from "./sink-errors.ts";

/** Markers are kept one a sink; a segment is closed after an hour, so that compaction has something to do. */
const topicConfig = { "cleanup.policy": "compact", "segment.ms": "3600000" };

/** How long to wait between two looks, in milliseconds. */
const pause = 200;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The markers of one sink, under its transactional id: what a batch leaves in their topic, in its own transaction, and its being there is the batch's commit. */
export class Markers {
  readonly #client: KafkaClient;
  readonly #host: Host;
  readonly #topic: string;
  readonly #id: string;
  readonly #signal: AbortSignal;
  readonly #warn: (message: string) => void;

  constructor(client: KafkaClient, topic: string, id: string, { host, signal, warn }: { readonly host: Host; readonly signal: AbortSignal; warn(message: string): void }) {
    this.#client = client;
    this.#host = host;
    this.#topic = topic;
    this.#id = id;
    this.#signal = signal;
    this.#warn = (message) => warn(message);
  }

  get topic(): string {
    return this.#topic;
  }

  /** The message that marks a batch; it goes into the batch's transaction. */
  message(batch: number): OutgoingMessage {
    return { topic: this.#topic, partition: 0, key: encoder.encode(this.#id), value: encoder.encode(JSON.stringify({ batch })), headers: [] };
  }

  /** Makes the topic where it is not there. R7736 where the brokers refuse, R7746 where it is there and markers would go by age or size. */
  async ensureTopic(): Promise<void> {
    if (await this.#isThere()) return this.#checkTopic();
    let refusal: unknown;
    try {
      await interruptible(this.#client.createTopic(this.#topic, { partitions: 1, replication: -1, config: topicConfig }), this.#signal);
    } catch (error) {
      this.#signal.throwIfAborted();
      // Another sink may have made it at the same moment.
      refusal = error;
    }
    for (let looks = 0; looks < 50; looks++) {
      if (await this.#isThere()) return;
      if (refusal !== undefined && looks > 2) break;
      await this.#pause();
    }
    throw noCommitsTopic(this.#topic, refusal ?? new Error("the brokers made it, and do not show it"));
  }

  async #checkTopic(): Promise<void> {
    const config = await interruptible(this.#client.topicConfig(this.#topic, ["cleanup.policy", "retention.ms", "retention.bytes"]), this.#signal);
    const policy = config.get("cleanup.policy") ?? "compact";
    const keepsAll = config.get("retention.ms") === "-1" && config.get("retention.bytes") === "-1";
    if (policy.split(",").some((each) => each.trim() === "delete") && !keepsAll) throw markersExpire(this.#topic, policy);
  }

  /**
   * The batch of the newest committed marker; undefined where there is none. To be asked once the transactional id is ours: what was open under it is decided
   * then, and lies before the end of the topic. Transactions of other sinks may be open before that end, and hide all that follows:
   * they are waited for.
   */
  async newest(): Promise<number | undefined> {
    const end = (await this.#offset("latest", "read_uncommitted")) ?? 0;
    await this.#untilDecided(end);
    const from = (await this.#offset("earliest", "read_committed")) ?? 0;
    if (from >= end) return undefined;
    let newest: number | undefined;
    const ranges = [{ topic: this.#topic, partition: 0, from, until: end }];
    for await (const { messages } of this.#client.fetch(ranges, { isolation: "read_committed", bytesAhead: 1 << 20, maxWait: 500, signal: this.#signal })) {
      for (const { key, value } of messages) {
        if (key !== null && value !== null && decoder.decode(key) === this.#id) newest = batchOf(decoder.decode(value)) ?? newest;
      }
    }
    // A client that is told to stop may just end: what it has given by then is not all.
    this.#signal.throwIfAborted();
    return newest;
  }

  async #untilDecided(end: number): Promise<void> {
    let isTold = false;
    while (((await this.#offset("latest", "read_committed")) ?? end) < end) {
      if (!isTold) this.#warn(`waiting for a transaction of another sink in the topic ${this.#topic} to be committed or aborted; where that one is dead, the brokers abort it after its transactionTimeout; where they do not, they have lost it: \`kafka-transactions.sh find-hanging\` shows it`);
      isTold = true;
      await this.#pause();
    }
  }

  async #offset(query: "earliest" | "latest", isolation: "read_committed" | "read_uncommitted"): Promise<number | undefined> {
    const [offset] = await interruptible(this.#client.offsets([{ topic: this.#topic, partition: 0 }], query, isolation), this.#signal);
    return offset;
  }

  async #isThere(): Promise<boolean> {
    const found = await interruptible(this.#client.partitions([this.#topic]), this.#signal);
    return (found.get(this.#topic)?.length ?? 0) > 0;
  }

  async #pause(): Promise<void> {
    await this.#host.timers.sleep(pause, this.#signal);
    this.#signal.throwIfAborted();
  }
}

/** Undefined where the text is no marker: somebody else's message under this key. Markers once had more in them. */
function batchOf(text: string): number | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && "batch" in value && typeof value.batch === "number" ? value.batch : undefined;
  } catch {
    return undefined;
  }
}
