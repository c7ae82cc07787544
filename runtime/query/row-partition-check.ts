import { partitionOfKey } from "../connectors/kafka/client/records/murmur2.ts";
import { partitioner, type Partitioner } from "../connectors/kafka/partitioner.ts";
import { SluiceRuntimeError } from "../errors/runtime-error.ts";
import type { Chunk, ColumnBatch } from "../formats/column-batch.ts";
import { TextLane } from "../formats/columns/texts.ts";
import { jsonTextOf } from "../formats/json-text-of.ts";
import { valueType } from "../formats/value-type.ts";
import type { ShardingColumn } from "./sharding.ts";

interface CheckParts {
  readonly queryName: string;
  readonly input: string;
  readonly columns: readonly ShardingColumn[];
  partitionsOf(topic: string): number | undefined;
}

/** Values of a column by row; of required numbers and booleans an array, in which 1 is true. */
type Lane = { readonly [row: number]: number } | { get(row: number): unknown } | { text(row: number): unknown };

/** Where a row is, and where its key belongs, among so many partitions. */
interface Place {
  readonly partition: number;
  readonly expected: number | undefined;
  readonly count: number;
}

/**
 * Holds the rows of a shard against what their source declares (`partitionedBy`): a row whose columns are the key of another partition could be another shard's, and
 * no result may stand on it (R7800).
 */
export class RowPartitionCheck {
  readonly #parts: CheckParts;
  readonly #partitionOf: Partitioner;
  readonly #areBooleans: readonly boolean[];

  constructor(parts: CheckParts) {
    this.#parts = parts;
    this.#partitionOf = partitioner(parts.columns);
    this.#areBooleans = parts.columns.map(({ type }) => valueType(type).kind === "boolean");
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
    const readers = lanes.map((lane, at) => readerOf(lane, this.#areBooleans[at] === true));
    const [first, second] = lanes;
    const texts = first instanceof TextLane && second === undefined ? first : undefined;
    const values: unknown[] = readers.map(() => undefined);
    for (let row = 0; row < batch.length; row++) {
      // A text that is the key stands in the chunk as it stood in the key: to hash it there makes no string.
      const start = texts?.starts[row] ?? -1;
      if (texts !== undefined && start >= 0 && partitionOfKey(texts.chunk.bytes, count, start, texts.ends[row]) === partition) continue;
      for (let at = 0; at < readers.length; at++) values[at] = readers[at]!(row);
      const expected = this.#partitionOf(values, count);
      if (expected !== partition) throw this.#misplaced(batch.position(row), { partition, expected, count }, values);
    }
  }

  #misplaced(where: string, { partition, expected, count }: Place, values: readonly unknown[]): SluiceRuntimeError {
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
        ? `leave such rows out right behind the source (\`where ${columns[0]?.name ?? ""} is not null\`), or begin anew in one process, with another checkpoint folder`
        : this.#isOfJson(values, partition, count)
          ? `the key may be the JSON text of ${names}, as a sink of a changing result writes one column that may be null: leave the nulls out there, give that sink \`key: ${columns[0]?.name ?? ""}\`, and write the topic anew; or begin anew in one process, with another checkpoint folder`
          : "mend `partitionedBy` (the producers' key must be these columns, by Kafka's default partitioner), or begin anew in one process, with another checkpoint folder; messages from before a topic got more partitions are in other ones",
    });
  }

  /** Whether the row is where the JSON of its only text or bytes would have placed it. */
  #isOfJson([value]: readonly unknown[], partition: number, count: number): boolean {
    const [only, second] = this.#parts.columns;
    if (only === undefined || second !== undefined) return false;
    const { kind } = valueType(only.type);
    return (kind === "string" || kind === "binary") && partitionOfKey(Buffer.from(jsonTextOf(only.type)(value) ?? "null"), count) === partition;
  }
}

function readerOf(lane: Lane | undefined, isBoolean: boolean): (row: number) => unknown {
  if (lane === undefined) return () => undefined;
  if ("get" in lane && typeof lane.get === "function") return (row) => lane.get(row);
  if ("text" in lane && typeof lane.text === "function") return (row) => lane.text(row);
  const numbers = lane as { readonly [row: number]: number };
  return isBoolean ? (row) => numbers[row] === 1 : (row) => numbers[row];
}

function valueText(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (value instanceof Uint8Array) return `0x${Buffer.from(value.subarray(0, 32)).toString("hex")}`;
  return typeof value === "string" ? JSON.stringify(value.slice(0, 60)) : String(value);
}
