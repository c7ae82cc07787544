import type { Call } from "../../../ir/expr/expr.ts";
import type { Refusal } from "./function-form.ts";

/** For arguments that Spark takes as constants only: why a call with another is not carried over. `what` is the argument's name for people. */
export function constantAt(place: number, what: string): (call: Call) => Refusal | undefined {
  return ({ args }) => {
    const arg = args[place];
    if (arg === undefined || arg.kind === "Literal") return undefined;
    return { reason: `its ${what} must be a constant there`, nearest: `write the ${what} as a literal` };
  };
}
