import { Checkpoint } from "../checkpoint/checkpoint.ts";
import { SluiceRuntimeError } from "../errors/runtime-error.ts";
import type { Host } from "../host/host.ts";
import type { StateStore } from "../state/state-store.ts";
import type { JobDefinition, ParamValues, QueryDefinition } from "./definition.ts";
import type { QueryStore } from "./query-store.ts";
import type { Shard } from "./shard.ts";

/** A store that keeps a checkpoint in a folder: whatever is cut off, the query goes on where it was. */
export function openDurableStore(host: Host, folder: string, job: JobDefinition, definition: QueryDefinition<never>, params: ParamValues, warn: (message: string) => void, shard?: Shard): QueryStore {
  const sources = Object.entries(definition.reads).map(([name, read]) => ({ name, connector: read.connector(params).name }));
  const checkpoint = Checkpoint.open(host, folder, { queryName: definition.name, sources, statePartitions: job.settings.statePartitions, ...(shard === undefined ? {} : { shard }) }, { warn });
  let state: StateStore | undefined;
  return {
    id: checkpoint.id,
    durable: true,
    formerly: checkpoint.formerly,
    incarnation: checkpoint.incarnation,
    codec: checkpoint.codec,
    recover: () => checkpoint.recover(),
    topicPartitions: checkpoint.topicPartitions,
    keepTopicPartitions: (partitions) => checkpoint.keepTopicPartitions(partitions),
    sourceLog: (read) => checkpoint.sourceLog(read),
    loadState: (version, operators) => {
      state = checkpoint.stateStore(operators);
      state.load(version);
    },
    writeOffsets: (entry) => checkpoint.writeOffsets(entry),
    commitState: (batchId) => {
      if (state === undefined) throw new SluiceRuntimeError({ code: "R7903", what: "state is committed before it is loaded" });
      return state.commit(batchId);
    },
    ensureCurrent: () => checkpoint.ensureCurrent(),
    writeCommits: (entry) => checkpoint.writeCommits(entry),
    close: () => checkpoint.close(),
  };
}
