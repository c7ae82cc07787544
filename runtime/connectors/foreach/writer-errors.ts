import { SluiceRuntimeError } from "../../errors/runtime-error.ts";
import { thrownMessage } from "../../errors/thrown-message.ts";

/** Where a writer was when it failed. */
export interface WriterPlace {
  readonly query: string;
  readonly batch: number;
  readonly partition: number;
}

/** A method of a writer failed; what it threw is the cause. */
export function writerFailed(method: "open" | "process" | "close", { query, batch, partition }: WriterPlace, cause: unknown): SluiceRuntimeError {
  return new SluiceRuntimeError({
    code: "R7650",
    what: `the writer failed in \`${method}\`: ${thrownMessage(cause)}`,
    where: `query ${query}, batch ${batch}, partition ${partition}`,
    how: "the writer's own error is the cause; started again with its checkpoint, the query runs the batch again with the same rows",
    cause,
  });
}

/** The function that makes the writer failed, or gave something else. */
export function noWriter(query: string, what: string, cause?: unknown): SluiceRuntimeError {
  return new SluiceRuntimeError({
    code: "R7652",
    what,
    where: `query ${query}`,
    how: "give an object with `process(row)`, and `open(partitionId, version)` and `close(error)` where they are needed, or a function that makes one",
    ...(cause === undefined ? {} : { cause }),
  });
}
