import { RowError } from "../errors/row-error.ts";

/** Spark's `raise_error`: fails the row with a message of the job's. */
export function raiseError(message: string | null): never {
  throw new RowError("USER_RAISED_EXCEPTION", message ?? "null");
}

/** Spark's `assert_true`: null where the condition is true; else, null included, the row fails. */
export function assertTrue(condition: boolean | null, message: string | null = "the asserted condition is not true"): null {
  return condition === true ? null : raiseError(message);
}
