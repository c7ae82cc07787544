import { OptionCheck } from "../option-check.ts";
import type { Sink, SinkConnector, SinkContext } from "../sink.ts";
import { FileSink } from "./file-sink.ts";
import { resolvePath } from "./path.ts";

export interface FileSinkOptions {
  /** A folder of the query's own; relative to the working directory. */
  readonly path: string;
}

/** Files of JSON lines, exactly once, with a manifest. Needs a kept checkpoint, but for a bounded run. */
export function fileSink(options: FileSinkOptions): SinkConnector {
  const path = new OptionCheck("sink", "file").text("path", options.path);
  return {
    name: "file",
    async open<Row>(context: SinkContext<Row>): Promise<Sink<Row>> {
      return new FileSink(context, path, resolvePath(context.host, path).replace(/(?<=[^/])\/+$/, ""));
    },
  };
}
