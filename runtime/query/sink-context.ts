import type { SinkContext } from "../connectors/sink.ts";
import type { OutputDefinition } from "./definition.ts";
import type { ExecutionOptions } from "./micro-batch-execution.ts";

/**
 * What a sink of the query is opened with. `bounded`: all that the query reads has an end, so the only result is the final one.
 * Sinks of one query share its checkpoint but not each other's targets, so each has an identity of its own.
 */
export function sinkContext<Row>(output: OutputDefinition<Row>, { definition, host, mode, services, shard, store, warn }: ExecutionOptions, bounded: boolean, signal: AbortSignal, noted: readonly string[] = []): SinkContext<Row> {
  const idOf = (id: string): string => (definition.outputs.length === 1 ? id : `${id}/${output.name}`);
  return {
    host,
    queryName: output.name,
    mode: bounded && output.mode === "update" ? "append" : output.mode,
    columns: output.columns,
    key: output.key,
    encodeJson: (row, out) => output.encodeJson(row, out),
    ...(output.message === undefined ? {} : { message: output.message }),
    durable: store.durable,
    bounded: mode === "batch",
    ...(store.durable ? { queryId: store.id } : {}),
    ...(store.durable ? { checkpointId: idOf(store.id), formerCheckpoints: (store.formerly ?? []).map(idOf) } : {}),
    signal,
    warn,
    partitioning: { count: store.codec.partitions, partitionOf: (key) => store.codec.partitionOf(key) },
    noted,
    ...(shard === undefined ? {} : { shard }),
    ...(services.tables === undefined ? {} : { tables: services.tables }),
    ...(services.kafka === undefined ? {} : { kafka: services.kafka }),
  };
}
