import type { CommitsEntry, OffsetsEntry } from "../checkpoint/log-entries.ts";
import type { Recovery } from "../checkpoint/recovery.ts";
import type { SourceLog } from "../connectors/source.ts";
import type { StateCodec, StatefulOperator } from "../operators/stateful.ts";
import type { StateVersion } from "../state/state-version.ts";

/**
 * What a query writes so that it can go on after a crash. One implementation keeps a checkpoint; the other, for runs that
 * nobody will continue, keeps nothing.
 */
export interface QueryStore {
  /** The query's id, the same over all its runs. */
  readonly id: string;
  readonly durable: boolean;
  /** The ids that stand for the same query as its own: those of the checkpoints that its checkpoint was divided from. */
  readonly formerly?: readonly string[];
  readonly incarnation: number;
  readonly codec: StateCodec;
  recover(): Recovery;
  /** How many partitions the topics have by which the query's state is spread, as the checkpoint keeps it; and how that is kept. */
  readonly topicPartitions?: Readonly<Record<string, number>>;
  keepTopicPartitions?(partitions: Readonly<Record<string, number>>): void;
  /** The log of a read, by its name; undefined where nothing is kept. */
  sourceLog(read: string): SourceLog | undefined;
  /** Loads the state of a version into the operators. */
  loadState(version: StateVersion, operators: readonly StatefulOperator[]): void;
  writeOffsets(entry: OffsetsEntry): void;
  /** Makes what a batch changed durable; the version after it. */
  commitState(batchId: number): StateVersion;
  /** Fails where another engine has taken over: asked before the sinks make anything visible. */
  ensureCurrent(): void;
  writeCommits(entry: CommitsEntry): void;
  close(): void;
}
