import type { MemoryTables } from "../connectors/memory/memory-tables.ts";
import type { QueueRegistry } from "../connectors/queue/queue-registry.ts";
import type { SourceContext, StreamSource, TableSource } from "../connectors/source.ts";
import { SluiceRuntimeError } from "../errors/runtime-error.ts";
import type { Host } from "../host/host.ts";
import type { ParamValues, QueryDefinition, ReadDefinition } from "./definition.ts";
import type { QueryStore } from "./query-store.ts";
import type { RunMode } from "./run-mode.ts";
import type { SideOutputDefinition } from "./definition.ts";

/** What connectors share within one start of a job. */
export interface ConnectorServices {
  readonly queues: QueueRegistry | undefined;
  readonly tables: MemoryTables | undefined;
  readonly sideOutputs: readonly SideOutputDefinition[];
  /**
   * Whether a query is the one that sends an input's malformed records to their side output. Which records are malformed does not
   * depend on the query, so of several that read an input the first one does, and none comes twice.
   */
  routesMalformed(query: string, input: string): boolean;
}

/** One read of a query with its source, opened: as a stream, or whole. */
export interface OpenedRead {
  readonly name: string;
  readonly definition: ReadDefinition<unknown>;
  readonly stream: StreamSource | undefined;
  readonly table: TableSource | undefined;
}

interface OpenOptions {
  readonly params: ParamValues;
  readonly host: Host;
  readonly store: QueryStore;
  readonly mode: RunMode;
  readonly services: ConnectorServices;
  warn(message: string): void;
}

/** Opens the sources of a query in the order of its reads; with `bounded`, streams too are read whole, as they are now. */
export async function openSources<Row>(definition: QueryDefinition<Row>, options: OpenOptions, bounded: boolean, signal: AbortSignal): Promise<readonly OpenedRead[]> {
  const opened: OpenedRead[] = [];
  for (const [name, read] of Object.entries(definition.reads)) {
    const connector = read.connector(options.params);
    const asTable = bounded || read.bounded;
    const context: SourceContext = {
      host: options.host,
      log: asTable ? undefined : options.store.sourceLog(name),
      signal,
      format: read.format,
      declaredAs: read.bounded ? "table" : "source",
      warn: options.warn,
      ...(options.services.queues === undefined ? {} : { queues: options.services.queues }),
    };
    if (asTable) {
      if (connector.openTable === undefined) {
        throw new SluiceRuntimeError({
          code: "R7606",
          what: `\`${read.input}\` has no end: a ${connector.name} source cannot be read as a bounded input`,
          where: `query ${definition.name}`,
          how: "run it without --batch; `--available-now` takes what is there",
        });
      }
      opened.push({ name, definition: read, stream: undefined, table: await connector.openTable(context) });
    } else {
      if (connector.openStream === undefined) throw new SluiceRuntimeError({ code: "R7607", what: `a ${connector.name} cannot be a source`, where: `query ${definition.name}`, how: "declare it as a table" });
      opened.push({ name, definition: read, stream: await connector.openStream(context), table: undefined });
    }
  }
  return opened;
}
