import { SluiceRuntimeError } from "./runtime-error.ts";

/** Throws: a row or value was taken back that is not there, which only a fault of a plan or of the runtime can do. */
export function takenBackTooOften(what: string): never {
  throw new SluiceRuntimeError({ code: "R7906", what: `${what} is taken back more often than it was given`, how: "build the job again; this is a bug of Sluice if it stays" });
}
