import { RowError } from "../../errors/row-error.ts";

/** The result of an operation on these values, or null where it fails the row: what `try_add` and its kin are. */
export function attempt<A extends readonly unknown[], R>(operation: (...values: A) => R, ...values: A): R | null {
  try {
    return operation(...values);
  } catch (error) {
    if (error instanceof RowError) return null;
    throw error;
  }
}
