import { SluiceRuntimeError } from "../../errors/runtime-error.ts";
import { thrownMessage } from "../../errors/thrown-message.ts";

/** What was given is no receiver, or the function that makes one failed. */
export function noReceiver(input: string, what: string, cause?: unknown): SluiceRuntimeError {
  return new SluiceRuntimeError({
    code: "R7653",
    what,
    where: `source ${input}`,
    how: "give an object with `latest()` and `read(from, to)`, or with `receive(push, signal)`, or a function that makes one",
    ...(cause === undefined ? {} : { cause }),
  });
}

/** A method of a receiver failed; what it threw is the cause. */
export function receiverFailed(input: string, method: string, cause: unknown): SluiceRuntimeError {
  return new SluiceRuntimeError({
    code: "R7654",
    what: `the receiver failed in \`${method}\`: ${thrownMessage(cause)}`,
    where: `source ${input}`,
    how: "the receiver's own error is the cause; started again with its checkpoint, the query goes on where it was",
    cause,
  });
}

/** A receiver gave an offset that has no JSON text. */
export function noOffset(input: string, found: unknown, cause?: unknown): SluiceRuntimeError {
  return new SluiceRuntimeError({
    code: "R7655",
    what: `the receiver's \`latest\` gave ${typeof found === "object" ? "an object" : `a ${typeof found}`} that is no JSON value`,
    where: `source ${input}`,
    how: "give numbers, texts, or arrays and records of them; a bigint as its text",
    ...(cause === undefined ? {} : { cause }),
  });
}

/** A receiver gave something else than a text or bytes. */
export function noRecord(input: string, found: unknown): SluiceRuntimeError {
  return new SluiceRuntimeError({
    code: "R7656",
    what: `the receiver gave ${found === null ? "null" : typeof found === "object" ? "an object" : `a value of type ${typeof found}`} for a record`,
    where: `source ${input}`,
    how: "give each record as a text or as bytes, in the source's format: `JSON.stringify(…)` for json",
  });
}

/** A receiver went on handing records over although it was asked to wait. */
export function tooFast(input: string, bytes: number): SluiceRuntimeError {
  return new SluiceRuntimeError({
    code: "R7657",
    what: `the receiver gives more than the batches take: over ${bytes / 1024 / 1024} MB of records wait`,
    where: `source ${input}`,
    how: "wait for the promise that `push` gives while there is no room: `await push(record)`; or give fewer records",
  });
}

/** A receiver that hands records over is to be read whole. */
export function noEnd(input: string): SluiceRuntimeError {
  return new SluiceRuntimeError({
    code: "R7606",
    what: `\`${input}\` has no end: a receiver without \`latest\` and \`read\` cannot be read as a bounded input`,
    where: `source ${input}`,
    how: "run it without --batch; `--available-now` reads until the receiver ends",
  });
}
