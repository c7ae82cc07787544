import type { Sink, SinkConnector } from "../sink.ts";

/** Takes every row and keeps none: for measuring, and for queries that are run for their side outputs. */
export function discardSink(): SinkConnector {
  return {
    name: "discard",
    open: <Row>(): Promise<Sink<Row>> =>
      Promise.resolve({
        description: "DiscardSink",
        encodesRows: true,
        begin: () => true,
        write: () => undefined,
        prepare: () => Promise.resolve([]),
        commit: () => Promise.resolve(),
        abort: () => Promise.resolve(),
        close: () => Promise.resolve(),
      }),
  };
}
