import { OptionCheck } from "../option-check.ts";
import type { Sink, SinkConnector, SinkContext } from "../sink.ts";
import { ConsoleSink } from "./console-sink.ts";

export interface ConsoleSinkOptions {
  /** Rows of a batch that are shown; 20 where it is not given, 0 for all. */
  readonly rows?: number | bigint | null;
  /** Characters of a cell: a number, 20 where it is `true` or not given, all where it is `false` or 0. */
  readonly truncate?: boolean | number | bigint | null;
}

/** Tables on stdout, to look at. */
export function consoleSink(options: ConsoleSinkOptions = {}): SinkConnector {
  const check = new OptionCheck("sink", "console");
  const rows = check.whole("rows", options.rows, 0, Number.MAX_SAFE_INTEGER, 20);
  const cut = typeof options.truncate === "boolean" ? (options.truncate ? 20 : 0) : options.truncate;
  const truncate = check.whole("truncate", cut, 0, Number.MAX_SAFE_INTEGER, 20);
  return {
    name: "console",
    async open<Row>(context: SinkContext<Row>): Promise<Sink<Row>> {
      return new ConsoleSink(context, rows, truncate);
    },
  };
}
