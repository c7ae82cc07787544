import { OptionCheck } from "../option-check.ts";
import type { Sink, SinkConnector, SinkContext } from "../sink.ts";
import { MemorySink } from "./memory-sink.ts";

/** A table in memory, read with SQL under the query's name. */
export function memorySink(name: string): SinkConnector {
  const table = new OptionCheck("sink", "memory").text("name", name);
  return {
    name: "memory",
    async open<Row>(context: SinkContext<Row>): Promise<Sink<Row>> {
      const sink = new MemorySink(table, context);
      context.tables?.add(sink);
      return sink;
    },
  };
}
