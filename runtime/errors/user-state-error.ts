import { SluiceRuntimeError } from "./runtime-error.ts";

/** Codes of what a function that keeps state can do wrong. */
const codes = {
  value: "R7510",
  failed: "R7511",
  timeoutKind: "R7512",
  timeoutTime: "R7513",
  duplicateInitial: "R7514",
  outside: "R7515",
  endless: "R7516",
} as const;

export type UserStateProblem = keyof typeof codes;

/** An error of a function's use of its state. `what` is told with the function and the key by `atKey`. */
export function userStateError(problem: UserStateProblem, what: string, how?: string, cause?: unknown): SluiceRuntimeError {
  return new SluiceRuntimeError({ code: codes[problem], what, ...(how === undefined ? {} : { how }), ...(cause === undefined ? {} : { cause }) });
}

/** A value that the type of the state does not have. `path`: where in the state it lies, empty for the whole. */
export function stateValueError(path: string, expected: string, found: string): SluiceRuntimeError {
  return userStateError("value", `the state${path === "" ? "" : ` at ${path.replace(/^\./, "")}`} must be ${expected}, found ${found}`, "give values of the type that the function declares: a cast in TypeScript does not make them so");
}

/** The same error with the place that it is about, where it has none yet. */
export function atPlace(error: SluiceRuntimeError, where: string): SluiceRuntimeError {
  if (error.where !== undefined) return error;
  const { code, what, how, cause } = error;
  return new SluiceRuntimeError({ code, what, where, ...(how === undefined ? {} : { how }), ...(cause === undefined ? {} : { cause }) });
}
