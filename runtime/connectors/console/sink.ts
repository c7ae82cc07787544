import { OptionCheck } from "../option-check.ts";
import type { Sink, SinkConnector, SinkContext } from "../sink.ts";
import { ConsoleSink } from "./console-sink.ts";

export interface ConsoleSinkOptions {
  /** Rows of a batch that are shown; 20 where it is not given, 0 for all. */
  readonly rows?: number | bigint | null;
  /** Characters of a cell; 20 where it is not given, 0 for all. */
  readonly truncate?: number | bigint | null;
}

/** Tables on stdout, to look at. */
export function consoleSink(options: ConsoleSinkOptions = {}): SinkConnector {
  const check = new OptionCheck("sink", "console");
  const rows = check.whole("rows", options.rows, 0, Number.MAX_SAFE_INTEGER, 20);
  const truncate = check.whole("truncate", options.truncate, 0, Number.MAX_SAFE_INTEGER, 20);
  return {
    name: "console",
    async open<Row>(context: SinkContext<Row>): Promise<Sink<Row>> {
      return new ConsoleSink(context, rows, truncate);
    },
  };
}
