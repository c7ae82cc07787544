import { RowError } from "../errors/row-error.ts";
import { SluiceRuntimeError } from "../errors/runtime-error.ts";
import { isOfAggregate } from "../errors/user-aggregate-failed.ts";
import { atPlace } from "../errors/user-state-error.ts";
import { SimulatedCrash } from "../errors/simulated-crash.ts";
import type { ColumnBatch } from "../formats/column-batch.ts";
import { thrownMessage } from "../errors/thrown-message.ts";

/** The error of an expression at a row, with the query and the row's place in its source; other errors pass unchanged. `functions`: the imported ones that may have thrown it. */
export function rowFailure(queryName: string, error: unknown, batch: ColumnBatch<unknown>, row: number, functions: readonly string[] = []): Error {
  if (error instanceof RowError) {
    return new SluiceRuntimeError({
      code: error.code,
      what: `${error.message} [${error.condition}]`,
      where: `query ${queryName}, ${batch.position(row)}`,
      how: help(error) ?? "mend the record, filter it out before, or use a `try_…` function that gives null",
      cause: error,
    });
  }
  if (isOfAggregate(error)) return atPlace(error, `query ${queryName}, ${batch.position(row)}`);
  if (error instanceof SluiceRuntimeError || error instanceof SimulatedCrash) return error;
  const message = thrownMessage(error);
  return new SluiceRuntimeError({
    code: "R7126",
    what: `${failed(functions, error)} failed: ${message}`,
    where: `query ${queryName}, ${batch.position(row)}`,
    how: "the function's own error is the cause; it must return a value for every row",
    cause: error,
  });
}

/** Which function it was: the only one, or the one that the error's stack shows to have been called first. */
function failed(functions: readonly string[], error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? "").split("\n") : [];
  const called = stack.findLast((line) => functions.some((name) => isFrameOf(line, name)));
  const [only, another] = called === undefined ? functions : functions.filter((name) => isFrameOf(called, name));
  if (only === undefined) return "an imported function";
  return another === undefined ? `the imported function \`${only}\`` : `an imported function (${functions.map((name) => `\`${name}\``).join(", ")})`;
}

/** Whether a line of a stack is of a function: `    at pageOf (file:///…)`, `    at words.next (<anonymous>)`. */
function isFrameOf(line: string, name: string): boolean {
  const callee = /^\s*at (?:async )?([^\s(]+) \(/.exec(line)?.[1];
  return callee !== undefined && (callee === name || callee.endsWith(`.${name}`));
}

/** The error of an expression over what an operator keeps, where no single record is at fault. */
export function resultFailure(queryName: string, error: unknown): unknown {
  if (isOfAggregate(error)) return atPlace(error, `query ${queryName}`);
  if (!(error instanceof RowError)) return error;
  return new SluiceRuntimeError({
    code: error.code,
    what: `${error.message} [${error.condition}]`,
    where: `query ${queryName}, in the steps above an aggregate, \`top\`, join or state`,
    how: help(error) ?? "use a `try_…` function that gives null, or filter the row or group out before",
    cause: error,
  });
}

/** What to do about values that imported functions give or are given. */
function help({ condition }: RowError): string | undefined {
  switch (condition) {
    case "USER_RESULT_TYPE":
      return "mend the function: a cast in TypeScript changes no value";
    case "USER_RESULT_RANGE":
      return "mend the function, or declare another type for what it returns";
    case "USER_ARGUMENT_RANGE":
      return "declare it `bigint`, or cast the column to double";
    default:
      return undefined;
  }
}
