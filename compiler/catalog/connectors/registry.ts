import { consoleConnector } from "./console.ts";
import type { Connector, SinkCapabilities, SourceCapabilities } from "./connector.ts";
import { custom } from "./custom.ts";
import { discard } from "./discard.ts";
import { file } from "./file.ts";
import { foreach, foreachBatch } from "./foreach.ts";
import { kafka } from "./kafka.ts";
import { memory } from "./memory.ts";
import { queue } from "./queue.ts";
import { rate } from "./rate.ts";
import { socket } from "./socket.ts";

const connectors: readonly Connector[] = [consoleConnector, custom, discard, file, foreach, foreachBatch, kafka, memory, queue, rate, socket];

/** Connectors of the language that this version does not run. */
const laterSources: ReadonlySet<string> = new Set();
const laterSinks: ReadonlySet<string> = new Set();

/** What a source does, by the connector's name; `later` where the language has it and this version does not. */
export function findSource(name: string): SourceCapabilities | "later" | undefined {
  return connectors.find((connector) => connector.name === name)?.source ?? (laterSources.has(name) ? "later" : undefined);
}

/** What a sink does, by the connector's name; `later` where the language has it and this version does not. */
export function findSink(name: string): SinkCapabilities | "later" | undefined {
  return connectors.find((connector) => connector.name === name)?.sink ?? (laterSinks.has(name) ? "later" : undefined);
}

/** Every name that can stand behind `from`. */
export function sourceNames(): readonly string[] {
  return [...connectors.filter((connector) => connector.source !== undefined).map((connector) => connector.name), ...laterSources].sort();
}

/** Every name that can stand behind `into`. */
export function sinkNames(): readonly string[] {
  return [...connectors.filter((connector) => connector.sink !== undefined).map((connector) => connector.name), ...laterSinks].sort();
}
