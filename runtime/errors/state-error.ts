import { SluiceRuntimeError } from "./runtime-error.ts";

/** Codes of what can be wrong with stored state. */
export const stateErrorCodes = {
  missingFile: "R7501",
  damagedFile: "R7502",
  foreignRow: "R7503",
  newerRows: "R7504",
} as const;

export type StateProblem = keyof typeof stateErrorCodes;

/** An error about a state file (`where`) or a row of it. */
export function stateError(problem: StateProblem, what: string, where?: string, how?: string, cause?: unknown): SluiceRuntimeError {
  return new SluiceRuntimeError({ code: stateErrorCodes[problem], what, ...(where === undefined ? {} : { where }), ...(how === undefined ? {} : { how }), ...(cause === undefined ? {} : { cause }) });
}
