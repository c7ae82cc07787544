import type { SinkContext } from "../connectors/sink.ts";
import type { ExecutionOptions } from "./micro-batch-execution.ts";

/** What the sink of a query is opened with. `bounded`: all that the query reads has an end, so the only result is the final one. */
export function sinkContext<Row>({ definition, host, mode, services, store, warn }: ExecutionOptions<Row>, bounded: boolean): SinkContext<Row> {
  return {
    host,
    queryName: definition.name,
    mode: bounded && definition.mode === "update" ? "append" : definition.mode,
    columns: definition.columns,
    key: definition.key,
    encodeJson: (row, out) => definition.encodeJson(row, out),
    durable: store.durable,
    bounded: mode === "batch",
    ...(store.durable ? { checkpointId: store.id } : {}),
    warn,
    ...(services.tables === undefined ? {} : { tables: services.tables }),
  };
}
