import { completeWithoutAggregate } from "../../diagnostics/catalogue/streaming.ts";
import type { CheckedQuery } from "./checked-query.ts";

/** Complete mode sends the whole result every batch, so the whole result must be in state (Spark eM1). */
export function checkCompleteHasResult({ name, plan, mode, modeSpan, properties, job }: CheckedQuery): void {
  if (mode !== "complete" || properties.of(plan).wholeResultInState) return;
  job.report(completeWithoutAggregate({ query: name }).at(modeSpan).helped("write `mode append`, or add an `aggregate` or a `top`"));
}
