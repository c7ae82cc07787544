import type { AggregateForm } from "./expressions/aggregates/aggregate-form.ts";
import { aggregateForms } from "./expressions/aggregates/registry.ts";
import { functionForms } from "./expressions/functions/registry.ts";
import type { FunctionForm } from "./expressions/functions/function-form.ts";
import { sinkForms, sourceForms, type ConnectorForm } from "./connectors/connector-forms.ts";
import { readingForms, readingLimits, writingForms, writingLimits } from "./connectors/format-forms.ts";
import type { OptionForm } from "./connectors/option-form.ts";
import type { Limit } from "./limit.ts";
import { joinForms, modeForms, settingForms, stepForms, triggerForms, windowForms, type LanguageForm } from "./legality/step-forms.ts";

/** What becomes of one thing that a job may say. */
export interface Coverage {
  readonly name: string;
  /** `warned`: carried over, and a warning says where it differs. `partly`: in some uses refused. */
  readonly how: "carried" | "warned" | "partly" | "refused";
  /** How it is said on Spark, or why not. */
  readonly says: string;
  readonly codes: readonly string[];
  /** Of what is refused the nearest form that runs. */
  readonly nearest: string;
}

/** Things of one kind. */
export interface CoverageTable {
  readonly title: string;
  readonly rows: readonly Coverage[];
}

/** All that a job may say, by kind, from the tables by which programs are written. */
export function coverageTables(): readonly CoverageTable[] {
  return [
    { title: "Steps", rows: Object.values(stepForms).map(({ name, form }) => ofLanguage(name, form)) },
    { title: "Windows", rows: ofLanguageForms(windowForms) },
    { title: "Joins of two streams", rows: ofLanguageForms(joinForms) },
    { title: "Modes", rows: ofLanguageForms(modeForms) },
    { title: "Triggers", rows: ofLanguageForms(triggerForms) },
    { title: "Options and params of the job", rows: ofLanguageForms(settingForms) },
    { title: "Sources", rows: Object.entries(sourceForms).flatMap(([name, form]) => ofConnector(name, form)) },
    { title: "Sinks", rows: Object.entries(sinkForms).flatMap(([name, form]) => ofConnector(name, form)) },
    { title: "Formats, reading", rows: Object.entries(readingForms).flatMap(([name, options]) => [limited(name, "Spark's reader", readingLimits[name]), ...ofOptions(name, options)]) },
    { title: "Formats, writing", rows: Object.entries(writingForms).flatMap(([name, options]) => [limited(name, "Spark's writer", writingLimits[name]), ...ofOptions(name, options)]) },
    { title: "Aggregates", rows: aggregateForms.map(([name, form]) => ofAggregate(name, form)) },
    { title: "Functions", rows: functionForms.map(([name, form]) => ofFunction(name, form)) },
  ];
}

/** How many of a kind are carried over in which way: what `npm run reference` prints. */
export function coverageLines(tables: readonly CoverageTable[]): readonly string[] {
  const ways = ["carried", "warned", "partly", "refused"] as const;
  return tables.map(({ title, rows }) => `${title}: ${ways.map((way) => `${rows.filter(({ how }) => how === way).length} ${way}`).join(", ")}`);
}

function entry(name: string, how: Coverage["how"], says: string, codes: readonly string[] = [], nearest = ""): Coverage {
  return { name, how, says, codes, nearest };
}

function withNote(text: string, note: string | undefined): string {
  return note === undefined ? text : `${text}; ${note}`;
}

function ofLanguageForms(forms: Readonly<Record<string, LanguageForm>>): readonly Coverage[] {
  return Object.entries(forms).map(([name, form]) => ofLanguage(name, form));
}

function ofLanguage(name: string, form: LanguageForm): Coverage {
  if (form.kind === "refused") return entry(name, "refused", form.reason, [form.code], form.nearest);
  return limited(name, form.as, form.kind === "partly" ? form : undefined);
}

function limited(name: string, says: string, limit: Limit | undefined): Coverage {
  if (limit === undefined) return entry(name, "carried", says);
  const how = limit.codes.every((code) => code.startsWith("W")) ? "warned" : "partly";
  return entry(name, how, `${says}; ${how === "warned" ? "" : "not "}${limit.where}`, limit.codes, limit.nearest);
}

function ofConnector(name: string, form: ConnectorForm): readonly Coverage[] {
  if (form.kind === "refused") return [entry(name, "refused", form.reason, ["E4140"], form.nearest)];
  return [limited(name, `Spark's \`${name === "discard" ? "noop" : name}\``, form.limit), ...ofOptions(name, form.options)];
}

function ofOptions(of: string, options: Readonly<Record<string, OptionForm>>): readonly Coverage[] {
  return Object.entries(options).map(([option, form]) => {
    const name = `${of} ${option}`;
    if (form.kind === "option") return limited(name, `\`${form.name}\``, form.limit);
    if (form.kind === "carried") return limited(name, form.how, form.limit);
    if (form.kind === "ignored") return entry(name, "carried", `ignored: ${form.reason}`);
    return entry(name, "refused", form.reason, ["E4142"], form.nearest);
  });
}

function ofAggregate(name: string, { name: python, order, note, refuses }: AggregateForm): Coverage {
  const says = withNote(`\`${python}\`${order === undefined ? "" : `: ${order.reason}`}`, note);
  const codes = [...(refuses === undefined ? [] : ["E4121"]), ...(order === undefined ? [] : ["W4121"])];
  return entry(name, refuses !== undefined ? "partly" : order !== undefined ? "warned" : "carried", refuses === undefined ? says : `${says}; not ${refuses.where}`, codes, refuses?.nearest ?? order?.nearest);
}

function ofFunction(name: string, form: FunctionForm): Coverage {
  if (form.kind === "refused") return entry(name, "refused", form.reason, ["E4121"], form.nearest);
  const says = form.kind === "written" ? form.as : form.kind === "python" ? `\`F.${form.name}\`` : `\`${form.name}\` of SQL`;
  const codes = [...(form.refuses === undefined ? [] : ["E4121"]), ...(form.warns === undefined ? [] : ["W4120"])];
  const how = form.refuses !== undefined ? "partly" : form.warns !== undefined ? "warned" : "carried";
  return entry(name, how, withNote(says, form.note), codes);
}
