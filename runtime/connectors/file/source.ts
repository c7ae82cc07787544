import type { SourceConnector, SourceContext } from "../source.ts";
import { VolatileLog } from "../volatile-log.ts";
import { FileStream } from "./file-stream.ts";
import { FileTable } from "./file-table.ts";
import { checkArchive, fileStreamSettings, type FileSourceOptions } from "./source-settings.ts";

/** Files of records, as a stream or a table. A table is read whole: what limits, orders and cleans the files of a stream is not for it. */
export function fileSource(options: FileSourceOptions): SourceConnector {
  const settings = fileStreamSettings(options);
  return {
    name: "file",
    async openStream(context: SourceContext) {
      checkArchive(context.host, settings);
      return new FileStream(context, context.log ?? new VolatileLog(), settings);
    },
    openTable: async (context: SourceContext) => new FileTable(context, settings),
  };
}
