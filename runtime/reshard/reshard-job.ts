import { SluiceRuntimeError } from "../errors/runtime-error.ts";
import type { Host } from "../host/host.ts";
import type { JobDefinition } from "../query/definition.ts";
import { errorText, exitCodeOf, exitCodes } from "../query/run-job.ts";
import { shardsWords } from "../query/shard.ts";
import { reshard, type ReshardOptions, type ReshardedQuery } from "./reshard.ts";

/** Divides the checkpoints of a job as `sluice reshard` does: says on stderr what became of each, or what is in the way. Resolves with the exit code. */
export async function reshardJob(job: JobDefinition, options: Omit<ReshardOptions, "host" | "warn">, host: Host): Promise<number> {
  try {
    const done = await reshard(job, { ...options, host, warn: (message) => host.process.writeStderr(`warning: ${message}\n`) });
    for (const query of done) host.process.writeStderr(`${doneText(query, options)}\n`);
    return exitCodes.success;
  } catch (error) {
    host.process.writeStderr(errorText(error));
    return error instanceof SluiceRuntimeError && error.code === "R7410" ? exitCodes.userError : exitCodeOf(error);
  }
}

function doneText({ query, wasDone, entries, setAside }: ReshardedQuery, { from, to }: Pick<ReshardOptions, "from" | "to">): string {
  const old = setAside === undefined ? "" : `; what was before is in ${setAside}`;
  if (wasDone) return `${query}: was that of ${shardsWords(to)} already${old}`;
  return `${query}: from ${shardsWords(from)} to ${shardsWords(to)}, ${entries} ${entries === 1 ? "entry" : "entries"} of state${old}`;
}
