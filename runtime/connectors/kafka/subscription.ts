import { thrownMessage } from "../../errors/thrown-message.ts";
import type { SourceShare } from "../source.ts";
import type { KafkaClient, TopicPartition } from "./client/kafka-client.ts";
import { comparePartitions } from "./partition-offsets.ts";
import { badSubscription, badTopicPattern, partitionMissing, topicMissing } from "./source-errors.ts";

/** Which partitions are read. */
export type Subscription =
  | { readonly kind: "topics"; readonly topics: readonly string[] }
  | { readonly kind: "pattern"; readonly pattern: string }
  | { readonly kind: "partitions"; readonly partitions: readonly TopicPartition[] };

interface SubscriptionOptions {
  readonly subscribe?: string | readonly string[] | null;
  readonly subscribePattern?: string | null;
  readonly assign?: readonly (readonly [topic: string, partitions: readonly (number | bigint)[]])[] | null;
}

const whatToDo = 'give one of `subscribe: ["clicks"]`, `subscribePattern: "clicks-.*"` and `assign: { clicks: [0, 1] }`';

/** Exactly one of the three options says it. A text of `subscribe` may name several topics with commas between, as Spark's does. */
export function subscriptionOf({ subscribe, subscribePattern, assign }: SubscriptionOptions): Subscription {
  const given = [subscribe, subscribePattern, assign].filter((option) => option !== undefined && option !== null);
  if (given.length !== 1) throw badSubscription(given.length === 0 ? "a kafka source does not say which topics it reads" : "a kafka source says in several ways which topics it reads", whatToDo);
  if (typeof subscribePattern === "string") {
    if (subscribePattern === "") throw badSubscription("`subscribePattern` of kafka is empty", whatToDo);
    return { kind: "pattern", pattern: subscribePattern };
  }
  if (assign !== undefined && assign !== null) {
    const partitions = assign.flatMap(([topic, numbers]) => numbers.map((partition) => ({ topic, partition: Number(partition) })));
    if (partitions.length === 0 || partitions.some(({ partition }) => !Number.isInteger(partition) || partition < 0)) throw badSubscription("`assign` of kafka names no partition, or one below 0", whatToDo);
    return { kind: "partitions", partitions: unique(partitions) };
  }
  const names = typeof subscribe === "string" ? subscribe.split(",") : (subscribe ?? []);
  const topics = [...new Set(names.map((name) => name.trim()).filter((name) => name !== ""))].sort();
  if (topics.length === 0) throw badSubscription("`subscribe` of kafka names no topic", whatToDo);
  return { kind: "topics", topics };
}

function unique(partitions: readonly TopicPartition[]): readonly TopicPartition[] {
  return [...partitions].sort(comparePartitions).filter((each, at, all) => at === 0 || comparePartitions(each, all[at - 1] ?? each) !== 0);
}

/** Finds the partitions of a subscription anew each time: topics come and go, and get more partitions. */
export class Subscribed {
  readonly #subscription: Subscription;
  readonly #matches: (topic: string) => boolean;
  readonly #share: SourceShare | undefined;

  private constructor(subscription: Subscription, matches: (topic: string) => boolean, share: SourceShare | undefined) {
    this.#subscription = subscription;
    this.#matches = matches;
    this.#share = share;
  }

  /** Fails where a pattern is no regular expression of the linear-time engine. It matches whole names. */
  static async of(subscription: Subscription, share?: SourceShare): Promise<Subscribed> {
    return new Subscribed(subscription, subscription.kind === "pattern" ? await matcherOf(subscription.pattern) : () => true, share);
  }

  /** Those that there are now and this process reads, in order. */
  async partitions(client: KafkaClient): Promise<readonly TopicPartition[]> {
    return this.own(await this.all(client));
  }

  /** Of some partitions those that this process reads. */
  own(partitions: readonly TopicPartition[]): readonly TopicPartition[] {
    const share = this.#share;
    return share === undefined ? partitions : partitions.filter(({ partition }) => share.owns(partition));
  }

  /** All partitions of the subscription that there are now, in order. */
  async all(client: KafkaClient): Promise<readonly TopicPartition[]> {
    const subscription = this.#subscription;
    const topics =
      subscription.kind === "topics" ? subscription.topics : subscription.kind === "pattern" ? (await client.topics()).filter((topic) => this.#matches(topic)) : [...new Set(subscription.partitions.map(({ topic }) => topic))];
    const there = topics.length === 0 ? new Map<string, readonly number[]>() : await client.partitions(topics);
    this.#share?.saw(new Map([...there].map(([topic, numbers]) => [topic, numbers.length])));
    if (subscription.kind === "partitions") return subscription.partitions.filter(({ topic, partition }) => there.get(topic)?.includes(partition) === true);
    return [...there].flatMap(([topic, numbers]) => numbers.map((partition) => ({ topic, partition }))).sort(comparePartitions);
  }

  /** For the start: fails where a topic or partition that is named is not there. That a pattern has no topic yet is only worth a word. */
  check(found: readonly TopicPartition[], warn: (message: string) => void): void {
    const subscription = this.#subscription;
    if (subscription.kind === "pattern") {
      if (found.length === 0) warn(`no topic matches the pattern ${JSON.stringify(subscription.pattern)} of \`subscribePattern\`, which has to match a topic's whole name`);
      return;
    }
    const named = subscription.kind === "topics" ? subscription.topics : subscription.partitions.map(({ topic }) => topic);
    const missing = [...new Set(named.filter((topic) => !found.some((each) => each.topic === topic)))];
    if (missing.length > 0) throw topicMissing(missing, subscription.kind === "topics" ? "subscribe" : "assign");
    if (subscription.kind !== "partitions") return;
    const gone = subscription.partitions.filter((each) => !found.some((other) => comparePartitions(each, other) === 0));
    if (gone.length > 0) throw partitionMissing(gone.map(({ topic, partition }) => `${topic}/${partition}`));
  }

  /** For progress, as Spark names its sources: `Subscribe[clicks]`. */
  get description(): string {
    const subscription = this.#subscription;
    switch (subscription.kind) {
      case "topics":
        return `Subscribe[${subscription.topics.join(", ")}]`;
      case "pattern":
        return `SubscribePattern[${subscription.pattern}]`;
      case "partitions":
        return `Assign[${subscription.partitions.map(({ topic, partition }) => `${topic}-${partition}`).join(", ")}]`;
    }
  }
}

async function matcherOf(pattern: string): Promise<(topic: string) => boolean> {
  const { compileRegex } = await import("../../regex/compile-regex.ts");
  try {
    // By itself first: a bracket that closes what it did not open must not close the group.
    compileRegex(pattern);
    const whole = compileRegex(`^(?:${pattern})$`);
    return (topic) => whole.matches(topic);
  } catch (error) {
    throw badTopicPattern(pattern, thrownMessage(error));
  }
}
