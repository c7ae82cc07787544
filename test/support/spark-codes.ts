import type { Checked } from "../../compiler/compile.ts";
import { sinkForms, sourceForms, type ConnectorForm } from "../../compiler/5-spark/connectors/connector-forms.ts";
import { readingForms, readingLimits, writingForms, writingLimits } from "../../compiler/5-spark/connectors/format-forms.ts";
import type { OptionForms } from "../../compiler/5-spark/connectors/option-form.ts";
import type { Limit } from "../../compiler/5-spark/limit.ts";
import { stepForms, windowForms, type LanguageForm } from "../../compiler/5-spark/legality/step-forms.ts";

/** The codes that the tables name beside the steps of a job. */
export function stepCodes({ program }: Checked): readonly string[] {
  const kinds = new Set<string>();
  addKinds(program, kinds);
  const steps = Object.entries(stepForms).flatMap(([kind, { form }]) => (kinds.has(kind) ? codesOf(form) : []));
  return [...steps, ...(kinds.has("Aggregate") ? Object.values(windowForms).flatMap(codesOf) : [])];
}

/** The same beside its sources, sinks and formats, and the options that are given. */
export function connectorCodes({ job }: Checked): readonly string[] {
  if (job === undefined) return [];
  const inputs = job.inputs.flatMap(({ connector, format = "", options }) => [...ofConnector(sourceForms[connector], options.map(({ name }) => name)), ...ofFormat(readingLimits[format], readingForms[format])]);
  const sinks = job.queries.flatMap(({ sink: { connector, format = "", options } }) => [...ofConnector(sinkForms[connector], options.map(({ name }) => name)), ...ofFormat(writingLimits[format], writingForms[format])]);
  return [...inputs, ...sinks];
}

function ofConnector(form: ConnectorForm | undefined, given: readonly string[]): readonly string[] {
  if (form?.kind !== "options") return ["E4140"];
  return [...(form.limit?.codes ?? []), ...ofOptions(Object.fromEntries(Object.entries(form.options).filter(([name]) => given.includes(name) || name === "reread")))];
}

function ofFormat(limit: Limit | undefined, options: OptionForms = {}): readonly string[] {
  return [...(limit?.codes ?? []), ...ofOptions(options)];
}

function ofOptions(options: OptionForms): readonly string[] {
  return Object.values(options).flatMap((form) => (form.kind === "refused" ? ["E4142"] : form.kind === "ignored" ? [] : (form.limit?.codes ?? [])));
}

function codesOf(form: LanguageForm): readonly string[] {
  return form.kind === "carried" ? [] : form.kind === "refused" ? [form.code] : form.codes;
}

function addKinds(part: unknown, kinds: Set<string>): void {
  if (typeof part !== "object" || part === null) return;
  const kind: unknown = Reflect.get(part, "kind");
  if (typeof kind === "string") kinds.add(kind);
  for (const inner of Object.values(part)) addKinds(inner, kinds);
}
