import { SluiceRuntimeError } from "./runtime-error.ts";
import { describeSystemError } from "./system-error.ts";

/** Codes of what can be wrong with a checkpoint; each is explained in the operations guide. */
export const checkpointErrorCodes = {
  unreadable: "R7401",
  newerFormat: "R7402",
  otherQuery: "R7403",
  operatorsChanged: "R7404",
  sourcesChanged: "R7405",
  commitsAheadOfOffsets: "R7406",
  offsetsGap: "R7407",
  missingFile: "R7408",
  fenced: "R7409",
  inUse: "R7410",
  cannotWrite: "R7411",
  drained: "R7412",
  writtenByOther: "R7413",
  batchWithoutOffsets: "R7414",
  cannotRead: "R7415",
  sinkAhead: "R7416",
  tablesChanged: "R7417",
} as const;

export type CheckpointProblem = keyof typeof checkpointErrorCodes;

/** An error about a checkpoint: `where` is the file or folder. */
export function checkpointError(problem: CheckpointProblem, what: string, where: string, how?: string, cause?: unknown): SluiceRuntimeError {
  return new SluiceRuntimeError({ code: checkpointErrorCodes[problem], what, where, ...(how === undefined ? {} : { how }), ...(cause === undefined ? {} : { cause }) });
}

/** What to do about a checkpoint whose content is lost: there is no way to go on from it. */
export function startOver(directory: string): string {
  return `put the file back from a backup of the checkpoint, or set the checkpoint aside and read the input again from its start: mv ${directory} ${directory}.damaged`;
}

/** The operating system refused a write that recovery depends on. The query must end: nothing is known of what is on the disk. */
export function cannotWrite(path: string, error: unknown): SluiceRuntimeError {
  return checkpointError("cannotWrite", `cannot write a file of the checkpoint: ${describeSystemError(error)}`, path,
    "mend the disk or the permissions and start the query again: it goes on from the newest whole batch", error);
}

/** The operating system refused to read a file of the checkpoint, which may be whole. */
export function cannotRead(path: string, error: unknown): SluiceRuntimeError {
  return checkpointError("cannotRead", `cannot read the checkpoint: ${describeSystemError(error)}`, path,
    "mend the disk or the permissions and start the query again", error);
}

/** The output holds a batch that the checkpoint has yet to plan: whatever the batch gives now would be dropped, and be lost. */
export function sinkAhead(batch: number, sink: string): SluiceRuntimeError {
  return checkpointError("sinkAhead", `the output holds batch ${batch} already, which the checkpoint has not planned yet`, sink,
    "go on with the checkpoint that the output was written with, or write into an empty folder with a new checkpoint");
}

/** A sink has a batch that has to be run again, and a table that rows of the state are made of is not what the sink's rows were made of. */
export function tablesChanged({ batch, table, description, sink }: { readonly batch: number; readonly table: string; readonly description: string; readonly sink: string }): SluiceRuntimeError {
  return checkpointError("tablesChanged", `the table \`${table}\` has changed since ${sink} was given batch ${batch}, which was cut off then and has to be run again`, `${description}, batch ${batch}`,
    "put the table back as it was, its files with their times, for one start: from then on it may change; or start with a new checkpoint and an empty output");
}
