// What emitted modules, and programs that start jobs, import. It loads no library: connectors, regular expressions and SQL
// are entries of their own.

export * from "./functions/index.ts";
export * from "./formats/index.ts";
export { JsonWriter } from "./formats/json-writer.ts";
export * from "./operators/lanes/index.ts";
export { orNullEntry, orOneNull } from "./operators/one-null.ts";
export { writePacked } from "./operators/row-view.ts";
export { ascending, descending, rowOrder, takeRows } from "./operators/row-order.ts";
export { takeTop, type TopOrder } from "./operators/top-rows.ts";
export { slidingWindow, tumblingWindow } from "./operators/window-words.ts";
export { days, hours, microseconds, milliseconds, minutes, seconds } from "./time/duration-words.ts";
export { asap, availableNow, continuous, every, once } from "./trigger/trigger-words.ts";
export { booleanParam, longParam, nullableParam, numberParam, stringParam } from "./query/param-value.ts";
export { requiredVariable } from "./query/required-variable.ts";
export { defineJob, defineQuery, defineTogether } from "./query/definition.ts";
export type { JobDefinition, ParamValues, QueryDefinition } from "./query/definition.ts";
export type { QueryContext } from "./query/query-context.ts";
export type { QueryProgress } from "./query/progress.ts";
export { runMain } from "./query/run-main.ts";
export { start, type StartedJob, type StartOptions } from "./query/start.ts";
export type { QueryIdleEvent, QueryProgressEvent, QueryStartedEvent, QueryTerminatedEvent, StreamingQueryListener } from "./query/query-listener.ts";
export { StreamingQuery } from "./query/streaming-query.ts";
export { StreamingQueryManager } from "./query/streaming-query-manager.ts";
export { QueueRegistry } from "./connectors/queue/queue-registry.ts";
export type { UserAggregate } from "./user/aggregate.ts";
export type { GroupState, ListState, MapState, Timers, ValueState } from "./user/keyed-state.ts";
export type { BatchWriter, ChangeBatchWriter, ChangeWriter, ForeachWriter, RowKind } from "./user/writers.ts";
export type { Decoder, PushReceiver, Receiver, ReceiverRecord, ReplayableReceiver } from "./user/receiver.ts";
export { nodeHost } from "./host/node-host.ts";
export { SluiceRuntimeError } from "./errors/runtime-error.ts";
export { RowError } from "./errors/row-error.ts";
