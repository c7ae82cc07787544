import { partitionOf } from "../connectors/kafka/partition-of.ts";
import { SluiceRuntimeError } from "../errors/runtime-error.ts";
import type { Chunk, ColumnBatch } from "../formats/column-batch.ts";
import type { ShardingColumn } from "./sharding.ts";

interface CheckParts {
  readonly queryName: string;
  readonly input: string;
  readonly columns: readonly ShardingColumn[];
  partitionsOf(topic: string): number | undefined;
}

/** Values of a column by row; of required numbers and booleans an array. */
type Lane = { readonly [row: number]: number } | { get(row: number): unknown } | { text(row: number): unknown };

/**
 * Holds the rows of a shard against what their source declares (`partitionedBy`): a row whose columns are the key of another partition could be another shard's, and
 * no result may stand on it (R7800).
 */
export class RowPartitionCheck {
  readonly #parts: CheckParts;

  constructor(parts: CheckParts) {
    this.#parts = parts;
  }

  check({ messages }: Chunk, batch: ColumnBatch<object>): void {
    if (batch.length === 0) return;
    if (messages === undefined) throw new SluiceRuntimeError({ code: "R7904", what: `rows of ${this.#parts.input} do not say which partition they come from` });
    const { topic, partition } = messages;
    const { columns, partitionsOf } = this.#parts;
    const count = partitionsOf(topic);
    if (count === undefined) throw new SluiceRuntimeError({ code: "R7904", what: `rows of ${topic} come before its partitions are counted` });
    // A reader fills the columns that the compiler names, each with a lane of its type.
    const lanes = columns.map(({ name }) => (batch.columns as Readonly<Record<string, Lane>>)[name]);
    const values: unknown[] = [];
    for (let row = 0; row < batch.length; row++) {
      for (const [at, lane] of lanes.entries()) values[at] = valueAt(lane, row);
      const expected = partitionOf(values, columns, count);
      if (expected !== partition) throw this.#misplaced(batch.position(row), partition, expected, values);
    }
  }

  #misplaced(where: string, partition: number, expected: number | undefined, values: readonly unknown[]): SluiceRuntimeError {
    const { queryName, input, columns } = this.#parts;
    const names = columns.map(({ name }) => `\`${name}\``).join(", ");
    const text = columns.map(({ name }, at) => `${name} = ${valueText(values[at])}`).join(", ");
    return new SluiceRuntimeError({
      code: "R7800",
      what: expected === undefined
        ? `a row of \`${input}\` has no key: ${text}, so that it may be in any partition, and a shard cannot know whose it is`
        : `a row of \`${input}\` is in partition ${partition}, and its key (${text}) belongs into partition ${expected}: ${names} did not choose the partition`,
      where: `query ${queryName}, ${where}`,
      how: expected === undefined
        ? `leave such rows out right behind the source (\`where ${columns[0]?.name ?? ""} is not null\`), or run the query in one process`
        : "mend `partitionedBy` (the producers' key must be these columns, by Kafka's default partitioner), or run the query in one process; messages from before a topic got more partitions are in other ones",
    });
  }
}

function valueAt(lane: Lane | undefined, row: number): unknown {
  if (lane === undefined) return undefined;
  if ("get" in lane && typeof lane.get === "function") return lane.get(row);
  if ("text" in lane && typeof lane.text === "function") return lane.text(row);
  return (lane as { readonly [row: number]: number })[row];
}

function valueText(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (value instanceof Uint8Array) return `0x${Buffer.from(value.subarray(0, 32)).toString("hex")}`;
  return typeof value === "string" ? JSON.stringify(value.slice(0, 60)) : String(value);
}
