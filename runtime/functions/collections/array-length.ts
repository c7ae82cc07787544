import { RowError } from "../../errors/row-error.ts";

/** How many items an array may be made with; more are an error rather than the end of the process (Spark's own limit is that of Java). */
const largestArray = 2 ** 26;

/** Throws where an array of so many items would be made. */
export function checkLength(length: number, what: string): void {
  if (length > largestArray) throw new RowError("COLLECTION_SIZE_LIMIT_EXCEEDED", `${what} would make an array of ${length} items; ${largestArray} are the most`);
}
