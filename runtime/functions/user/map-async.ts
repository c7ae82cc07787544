import { SluiceRuntimeError } from "../../errors/runtime-error.ts";
import { RowError } from "../../errors/row-error.ts";
import { asRecord, asRows } from "./as-collection.ts";
import { thrownMessage } from "../../errors/thrown-message.ts";

/** How many calls of one step may be under way. */
const mostAtATime = 16;

/**
 * Calls a function for each row, several at a time, and gives the records in the order of the rows (Flink: ordered async I/O). The first failure is thrown at once (R7153):
 * no further calls are begun, and what those give that are under way is not looked at. `from` is the function's name.
 */
export async function mapAsync<Row, Result extends object>(f: (row: Row) => Promise<Result> | Result, rows: readonly Row[], from: string): Promise<readonly Result[]> {
  const results = new Array<Result>(rows.length);
  let next = 0;
  let hasFailed = false;
  const work = async (): Promise<void> => {
    while (next < rows.length && !hasFailed) {
      const at = next++;
      try {
        results[at] = asRecord(await f(rows[at] as Row), from);
      } catch (error) {
        hasFailed = true;
        throw ofFunction(error, from, `row ${at + 1} of the ${rows.length} of the batch`);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(mostAtATime, rows.length) }, work));
  return results;
}

/** Calls a function with all rows of a batch, if there are any; the rows that it gives, each checked to be a record as it is asked for. What the function throws is R7153. */
export async function transformRows<Row, Result extends object>(f: (rows: readonly Row[]) => Iterable<Result> | Promise<Iterable<Result>>, rows: readonly Row[], from: string): Promise<Iterable<Result>> {
  if (rows.length === 0) return [];
  const where = `the ${rows.length} rows of the batch`;
  try {
    return rowsOf(asRows(await f(rows), from), from, where);
  } catch (error) {
    throw ofFunction(error, from, where);
  }
}

/** One after the other, for a generator may give the same object again with other values. */
function* rowsOf<Result>(given: Iterator<Result>, from: string, where: string): Generator<Result, void, undefined> {
  for (;;) {
    let next: IteratorResult<Result>;
    try {
      next = given.next();
    } catch (error) {
      throw ofFunction(error, from, where);
    }
    if (next.done === true) return;
    yield next.value;
  }
}

function ofFunction(error: unknown, from: string, where: string): unknown {
  if (error instanceof RowError || error instanceof SluiceRuntimeError) return error;
  return new SluiceRuntimeError({
    code: "R7153",
    what: `the imported function \`${from}\` failed: ${thrownMessage(error)}`,
    where,
    how: "the function's own error is the cause; the batch is run again with the same rows when the query is started again",
    cause: error,
  });
}
