import { defineDiagnostic } from "../define.ts";

/** Legal in the language, not executed by this version. `what` names the step, function, type, option or mode. */
export const notInThisVersion = defineDiagnostic<{ what: string }>({
  code: "E4001",
  slug: "not-in-this-version",
  message: ({ what }) => `${what} is not in this version`,
  label: () => "the syntax is settled, a later version runs it",
});
