import type { SourceLog } from "../source.ts";
import { offsetText, parseOffset, type PartitionOffsets } from "./partition-offsets.ts";
import { unreadableKafkaEntry } from "./source-errors.ts";
import type { TopicIds } from "./topic-ids.ts";

/**
 * What a source keeps in its log: in entry 0 where the query began, which is asked once and holds from then on, and, in the newest entry before a batch, which
 * topics they were (a topic that is deleted and made again has another id). Entries are JSON: `{"start":{"t":{"0":5}},"topics":{"t":"…"}}`.
 */
export class StartLog {
  readonly #log: SourceLog;
  /** Whether there may be entries to forget. */
  #isLong = true;

  constructor(log: SourceLog) {
    this.#log = log;
  }

  /** Where the query began; undefined before it did. */
  get start(): PartitionOffsets | undefined {
    const { start } = this.#entry(0) ?? {};
    return start === undefined ? undefined : parseOffset(JSON.stringify(start));
  }

  /** Durable when it returns. */
  begin(start: PartitionOffsets, topics: TopicIds): void {
    this.#write(0, `{"start":${offsetText(start)},"topics":${JSON.stringify(Object.fromEntries(topics))}}`);
  }

  /** The topics as they were before batch `batch` was planned; batch 0 finds them as the query began. */
  topicsBefore(batch: number): TopicIds {
    const entry = this.#log.entries().findLast((each) => each < Math.max(1, batch));
    const { topics = {} } = (entry === undefined ? undefined : this.#entry(entry)) ?? {};
    if (typeof topics !== "object" || topics === null) throw unreadableKafkaEntry();
    return new Map(Object.entries(topics).filter((pair): pair is [string, string] => typeof pair[1] === "string"));
  }

  /** The topics of the offsets that were planned last: those of a batch that is run again. */
  get topics(): TopicIds {
    return this.topicsBefore(Infinity);
  }

  /** Durable when it returns. Entry 0 also holds the start, which stays as it is. */
  keepTopics(batch: number, topics: TopicIds): void {
    if (batch > 0) this.#write(batch, `{"topics":${JSON.stringify(Object.fromEntries(topics))}}`);
  }

  /** Forgets entries that no batch is run again from: those below `batch`, but for the newest. */
  retire(batch: number): void {
    if (!this.#isLong || batch <= 0) return;
    const entries = this.#log.entries();
    if (entries.length > 1) this.#log.removeBelow(Math.min(batch, entries.at(-1) ?? 0));
    this.#isLong = this.#log.entries().length > 1;
  }

  #write(entry: number, json: string): void {
    this.#isLong = true;
    this.#log.write(entry, new TextEncoder().encode(json));
  }

  #entry(number: number): { readonly start?: unknown; readonly topics?: unknown } | undefined {
    const bytes = this.#log.read(number);
    if (bytes === undefined) return undefined;
    try {
      const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
      if (typeof value === "object" && value !== null) return value;
    } catch {
      // Told of below.
    }
    throw unreadableKafkaEntry();
  }
}
