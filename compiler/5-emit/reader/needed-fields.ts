import type { Field } from "../../ir/types/data-type.ts";
import type { ReaderPlan } from "./reader-plan.ts";

/** The declared fields that a reader decodes: those that rows or the filter use, and those that decide whether a record is malformed. */
export function neededFields(plan: ReaderPlan): readonly Field[] {
  const used = new Set([...plan.needed, ...plan.columns, ...(plan.filter?.columns ?? [])]);
  return plan.fields.filter(({ name }) => plan.strict || used.has(name));
}
