import type { Sink, SinkConnector, SinkContext } from "../../runtime/connectors/sink.ts";
import { partitionOfKey } from "../../runtime/connectors/kafka/client/records/murmur2.ts";
import { JsonWriter } from "../../runtime/formats/json-writer.ts";
import type { JobDefinition } from "../../runtime/query/definition.ts";
import type { RunMode } from "../../runtime/query/run-mode.ts";
import type { Shard } from "../../runtime/query/shard.ts";
import { start } from "../../runtime/query/start.ts";
import { reshard, type ReshardedQuery } from "../../runtime/reshard/reshard.ts";
import { slicesOf } from "../../runtime/query/shard.ts";
import { SimHost } from "../../runtime/testing/sim-host.ts";
import { KafkaInMemory } from "./kafka-in-memory.ts";
import { kafkaOfProcess } from "./kafka-of-process.ts";

/** An event of a test: its user says the partition. */
export interface KeyedEvent {
  readonly user: string;
  readonly [column: string]: unknown;
}

/** What the sinks of a job have taken: of those that append the rows, sorted; of the others what the result has come to. */
export type Results = Readonly<Record<string, readonly string[]>>;

/** A job over topics in memory that is run in some number of shards, one after the other, with checkpoints on a simulated machine. */
export class ShardedJob {
  host = new SimHost({ seed: 3, autoAdvance: true });
  readonly broker = new KafkaInMemory();
  readonly warnings: string[] = [];
  readonly #job: JobDefinition;
  readonly #partitions: number;
  /** Batches that sinks have. */
  readonly #taken = new Set<string>();
  /** By sink: rows that were appended, and rows by key. */
  readonly #appended = new Map<string, string[]>();
  readonly #current = new Map<string, Map<string, string>>();

  /** `records`: whether sinks are replaced by such as tell `results`. */
  constructor(job: JobDefinition, topics: readonly string[], partitions = 6, records = true) {
    this.#partitions = partitions;
    for (const topic of topics) this.broker.createTopic(topic, partitions);
    this.#job = !records ? job : {
      ...job,
      queries: job.queries.map((query) => ({ ...query, outputs: query.outputs.map((output) => ({ ...output, sink: (params) => this.#recording(output.sink(params), output.name) })) })),
    };
  }

  add(topic: string, events: readonly KeyedEvent[]): void {
    const encoder = new TextEncoder();
    for (const event of events) this.broker.append(topic, partitionOfKey(encoder.encode(event.user), this.#partitions), { key: event.user, value: JSON.stringify(event) });
  }

  /** Runs every shard until it has ended. */
  async run(count: number, mode: RunMode = "available now"): Promise<void> {
    for (const shard of slicesOf(count)) await this.runShard(shard, mode);
  }

  async runShard(shard: Shard | undefined, mode: RunMode = "available now"): Promise<void> {
    const { manager } = start(this.#job, {
      host: this.host, mode, checkpoint: "checkpoints", kafka: this.#kafka(), warn: (message) => void this.warnings.push(message), ...(shard === undefined ? {} : { shard }),
    });
    for (const query of manager.all) await query.awaitTermination();
  }

  reshard(from: number, to: number, queries: readonly string[] = []): Promise<readonly ReshardedQuery[]> {
    return reshard(this.#job, { host: this.host, checkpoint: "checkpoints", from, to, queries, kafka: this.#kafka(), warn: (message) => void this.warnings.push(message) });
  }

  get results(): Results {
    const appended = [...this.#appended].map(([name, rows]) => [name, [...rows].sort()] as const);
    const current = [...this.#current].map(([name, rows]) => [name, [...rows.values()].sort()] as const);
    return Object.fromEntries([...appended, ...current].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  #kafka(): typeof this.broker.factory {
    return kafkaOfProcess(this.broker.factory, () => this.host);
  }

  #recording(connector: SinkConnector, name: string): SinkConnector {
    if (connector.name !== "discard") return connector;
    const [appended, current, taken] = [this.#appended, this.#current, this.#taken];
    return {
      name: "recording",
      open: async <Row>({ mode, key, encodeJson, queryId = "" }: SinkContext<Row>): Promise<Sink<Row>> => {
        const out = new JsonWriter();
        let batch: (readonly [kind: string, text: string])[] = [];
        return {
          description: "recording",
          begin: ({ id }) => {
            batch = [];
            return !taken.has(`${queryId} ${name} ${id}`);
          },
          write: (kind, row) => {
            out.reset();
            encodeJson(row, out);
            batch.push([kind, new TextDecoder().decode(out.view())]);
          },
          prepare: async () => [],
          commit: async ({ id }) => {
            taken.add(`${queryId} ${name} ${id}`);
            for (const [kind, text] of batch.splice(0)) {
              if (mode === "append") {
                appended.set(name, [...(appended.get(name) ?? []), text]);
                continue;
              }
              const rows = current.get(name) ?? new Map<string, string>();
              current.set(name, rows);
              // Without a key equal rows are counted.
              const parsed = JSON.parse(text) as Readonly<Record<string, unknown>>;
              const copies = [...rows.values()].filter((each) => each === text).length;
              const place = key === undefined ? `${kind === "-D" ? copies - 1 : copies} ${text}` : JSON.stringify(key.map((column) => parsed[column] ?? null));
              if (kind === "-D") rows.delete(place);
              else rows.set(place, text);
            }
          },
          abort: async () => void batch.splice(0),
          close: async () => {},
        };
      },
    };
  }
}
