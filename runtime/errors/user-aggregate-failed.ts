import { RowError } from "./row-error.ts";
import { SluiceRuntimeError } from "./runtime-error.ts";
import type { UserAggregate } from "../user/aggregate.ts";
import { thrownMessage } from "./thrown-message.ts";

/** The error of a function of an imported aggregate; whoever knows the row adds its place. Errors that say of themselves what they are stay. */
export function userAggregateFailed(aggregate: string, member: keyof UserAggregate<unknown, [], unknown>, error: unknown): Error {
  if (error instanceof SluiceRuntimeError || error instanceof RowError) return error;
  return new SluiceRuntimeError({
    code: "R7520",
    what: `\`${member}\` of the aggregate \`${aggregate}\` failed: ${thrownMessage(error)}`,
    how: "the function's own error is the cause; it must return a value for every row and state",
    cause: error,
  });
}

/** The error of a state (R7510) that the aggregate's own members made. */
export function aggregateStateWrong(aggregate: string, { code, what, how }: SluiceRuntimeError): SluiceRuntimeError {
  return new SluiceRuntimeError({ code, what: `what \`add\` or \`merge\` of the aggregate \`${aggregate}\` returned is not its state: ${what}`, ...(how === undefined ? {} : { how }) });
}

/** Whether an error is one of those, or of a state. */
export function isOfAggregate(error: unknown): error is SluiceRuntimeError {
  return error instanceof SluiceRuntimeError && (error.code === "R7520" || error.code === "R7510");
}
