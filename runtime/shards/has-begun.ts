import { listCheckpointDirectory } from "../checkpoint/coded-io.ts";
import { readMetadata } from "../checkpoint/metadata.ts";
import { joinPath, logNumber } from "../checkpoint/paths.ts";
import type { Host } from "../host/host.ts";
import type { QueryDefinition } from "../query/definition.ts";

/**
 * Whether there is something in a slice from which a query goes on: a batch that was planned, for its sinks may have rows of it; or where each of its streams begins, which with
 * `startingOffsets: "latest"` was asked at that moment. A start that was refused before leaves neither.
 */
export function hasBegun(host: Host, directory: string, { reads }: Pick<QueryDefinition<never>, "reads">): boolean {
  const entriesOf = (...folder: readonly (string | number)[]): number => listCheckpointDirectory(host, joinPath(directory, ...folder)).filter((name) => logNumber(name) !== undefined).length;
  if (entriesOf("offsets") + entriesOf("commits") > 0) return true;
  const sources = readMetadata(host, directory)?.sources ?? [];
  // Reads of one stream share the log of the first.
  const streams = Object.entries(reads).filter(([, { input, bounded }], at, all) => !bounded && all.findIndex(([, other]) => other.input === input) === at);
  return streams.every(([name]) => {
    const folder = sources.findIndex((source) => source.name === name);
    return folder >= 0 && entriesOf("sources", folder) > 0;
  });
}
