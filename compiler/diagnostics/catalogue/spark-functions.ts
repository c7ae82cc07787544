import { defineDiagnostic } from "../define.ts";

/** An imported function in the condition of a join, for which Spark has no place. */
export const callInJoinOnSpark = defineDiagnostic({
  code: "E4170",
  slug: "call-in-join-on-spark",
  message: () => "Spark calls no imported function in the condition of a join",
  label: () => "asked of each pair of rows",
});
