import { SluiceRuntimeError } from "./runtime-error.ts";

/** Codes of what keeps a checkpoint from being run, or divided anew, in some number of shards. */
export const reshardErrorCodes = {
  otherNumber: "R7805",
  unreadable: "R7806",
  missingSlice: "R7807",
  uncommitted: "R7808",
  drained: "R7809",
  withoutPartition: "R7810",
  otherPartitions: "R7811",
  differentSlices: "R7813",
  ownedTwice: "R7814",
  miscounted: "R7815",
  nothingRead: "R7816",
  ofClause: "R7817",
} as const;

export type ReshardProblem = keyof typeof reshardErrorCodes;

/** An error about the slices of a checkpoint: `where` is the folder or file. */
export function reshardError(problem: ReshardProblem, what: string, where: string, how?: string, cause?: unknown): SluiceRuntimeError {
  return new SluiceRuntimeError({ code: reshardErrorCodes[problem], what, where, ...(how === undefined ? {} : { how }), ...(cause === undefined ? {} : { cause }) });
}
