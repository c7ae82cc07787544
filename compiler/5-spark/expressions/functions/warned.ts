import type { FunctionForms } from "./function-form.ts";

/** Forms of which every call is done otherwise in a way that a job may notice. */
export function warned(reason: string, forms: FunctionForms): FunctionForms {
  return forms.map(([name, form]) => [name, form.kind === "refused" ? form : { ...form, warns: () => reason }]);
}

/** Forms that read dates from texts where the first argument is one and no pattern says how. */
export function readingDates(forms: FunctionForms): FunctionForms {
  return forms.map(([name, form]) => [
    name,
    form.kind === "refused" ? form : { ...form, warns: ({ args }) => (args.length === 1 && args[0]?.type.kind === "string" && args[0].kind !== "Literal" ? dateFromText : undefined) },
  ]);
}

/** Rule 2 of what Sluice means to do otherwise. */
export const dateFromText = "behind a complete date and a space or `T` Spark takes any text, where Sluice takes a time only (`2024-02-29 junk` is malformed)";
