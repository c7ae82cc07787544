import { RowError } from "../errors/row-error.ts";
import { SluiceRuntimeError } from "../errors/runtime-error.ts";
import { SimulatedCrash } from "../errors/simulated-crash.ts";
import type { ColumnBatch } from "../formats/column-batch.ts";

/** The error of an expression at a row, with the query and the row's place in its source; other errors pass unchanged. */
export function rowFailure(queryName: string, error: unknown, batch: ColumnBatch<unknown>, row: number): Error {
  if (error instanceof RowError) {
    return new SluiceRuntimeError({
      code: error.code,
      what: `${error.message} [${error.condition}]`,
      where: `query ${queryName}, ${batch.position(row)}`,
      how: "mend the record, filter it out before, or use a `try_…` function that gives null",
      cause: error,
    });
  }
  if (error instanceof SluiceRuntimeError || error instanceof SimulatedCrash) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new SluiceRuntimeError({
    code: "R7126",
    what: `an imported function failed: ${message}`,
    where: `query ${queryName}, ${batch.position(row)}`,
    how: "the function's own error is the cause; it must return a value for every row",
    cause: error,
  });
}

/** The error of an expression over a result (above an aggregate), where no single record is at fault. */
export function resultFailure(queryName: string, error: unknown): unknown {
  if (!(error instanceof RowError)) return error;
  return new SluiceRuntimeError({
    code: error.code,
    what: `${error.message} [${error.condition}]`,
    where: `query ${queryName}, in the steps above an aggregate`,
    how: "use a `try_…` function that gives null, or filter the group out before",
    cause: error,
  });
}
