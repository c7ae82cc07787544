import { optionOnSpark } from "../../diagnostics/catalogue/spark-connectors.ts";
import type { Expr } from "../../ir/expr/expr.ts";
import { isListLiteral } from "../../ir/expr/literal-value.ts";
import type { FormatOptions, OptionData, OptionValue } from "../../ir/logical/input.ts";
import type { Span } from "../../source/span.ts";
import { py, pyBinary, pyCall, pyConstant, pyInt, pyList, pyMethod, pyName, pyText, type Py } from "../python/py.ts";
import type { SparkContext } from "../spark-context.ts";
import { columnOf } from "../expressions/column-of.ts";
import type { OptionForm, OptionForms, ValueForm } from "./option-form.ts";

/** Names and values of a call's arguments or of a dictionary, in order. */
export type Entries = readonly (readonly [name: string, value: Py])[];

/** The options that are Spark's own under another name or form; those that are refused are told. */
export function optionEntries(options: readonly OptionValue[], formOf: (name: string) => OptionForm | undefined, at: Span, context: SparkContext): Entries {
  return options.flatMap((option) => {
    const form = formOf(option.name);
    if (form?.kind === "refused") context.tell(optionOnSpark({ option: option.name, reason: form.reason }).at(at).helped(form.nearest));
    return form?.kind === "option" ? [[form.name, optionValue(option, form.value, context)] as const] : [];
  });
}

/** A constant as it is. */
export function plainConstant(value: string | boolean): Py {
  return typeof value === "string" ? pyText(value) : pyConstant(value);
}

/** The options of a format under Spark's names, a schema of Avro under `schemaName`; their values as `write` says. */
export function formatEntries(options: FormatOptions, forms: OptionForms, schemaName: string, write: (value: string | boolean) => Py = plainConstant): Entries {
  return Object.entries(options).flatMap(([name, value]): Entries => {
    if (typeof value !== "string" && typeof value !== "boolean") return [];
    if (name === "schema") return [[schemaName, write(value)]];
    const form = forms[name];
    return form?.kind === "option" ? [[form.name, write(value)]] : [];
  });
}

/** The value of an option in Python: a constant, or what is made of params when the program starts. */
export function optionValue({ value, data }: Pick<OptionValue, "value" | "data">, form: ValueForm, context: SparkContext): Py {
  if (data !== undefined) return pyText(positionsText(data, form === "times"));
  if (value.kind === "MakeArray") return joined(value.items, context);
  const constant = value.kind === "Literal" ? constantOf(value.value, form) : undefined;
  return constant ?? ofParam(atStart(value, context), form);
}

/** What is known when the program starts: `run.value("folder") + "/bids"`, or what Spark computes of a column without a row. */
function atStart(value: Expr, context: SparkContext): Py {
  if (value.kind === "ParamRef") return pyCall(pyName("run.value"), [pyText(value.name)]);
  if (value.kind === "Literal" && typeof value.value === "string") return pyText(value.value);
  const isJoined = value.kind === "Call" && (value.name === "||" || value.name === "concat") && !value.nullable && value.args.every(({ type }) => type.kind === "string");
  const [first, ...others] = isJoined ? value.args.map((arg) => atStart(arg, context)) : [];
  if (first !== undefined) return others.reduce((left, right) => pyBinary("+", left, right), first);
  return pyCall(pyName("run.computed"), [columnOf(value, new Map(), context)]);
}

function ofParam(param: Py, form: ValueForm): Py {
  switch (form) {
    case "milliseconds":
      return pyCall(pyName("sluice.millis"), [param]);
    case "seconds":
      return pyCall(pyName("sluice.seconds"), [param]);
    case "instant":
      return py`-(-${param} // 1000)`;
    default:
      return param;
  }
}

function constantOf(value: Extract<Expr, { readonly kind: "Literal" }>["value"], form: ValueForm): Py | undefined {
  if (value === null || typeof value === "boolean") return pyConstant(value);
  if (typeof value === "string") return pyText(value);
  if (isListLiteral(value)) return value.every((item) => typeof item === "string") ? pyText(value.join(",")) : undefined;
  if (typeof value !== "number" && typeof value !== "bigint") return undefined;
  if (form === "seconds") return pyInt(BigInt(value) / 1_000_000n);
  if (form === "milliseconds" || form === "instant") return pyInt(milliseconds(value));
  return typeof value === "number" && !Number.isInteger(value) ? undefined : pyInt(value);
}

/** Texts with commas between, as Spark takes several of them; those that hang on params are put together when the program starts. */
function joined(items: readonly Expr[], context: SparkContext): Py {
  const texts = items.flatMap((item) => (item.kind === "Literal" && typeof item.value === "string" ? [item.value] : []));
  if (texts.length === items.length) return pyText(texts.join(","));
  return pyMethod(pyText(","), "join", [pyList(items.map((item) => atStart(item, context)))]);
}

/** Rounded up, as a first message at or after a time with microseconds is. */
function milliseconds(micros: number | bigint): bigint {
  const exact = BigInt(micros);
  return exact >= 0n ? (exact + 999n) / 1000n : exact / 1000n;
}

/** JSON as Spark's Kafka source takes it: `{"bids":{"0":23}}`, `{"bids":[0,1]}`. */
function positionsText(data: OptionData, ofTimes: boolean): string {
  const topics = pairs(data).map(([topic, parts]) => `${JSON.stringify(String(topic))}:${partsText(parts, ofTimes)}`);
  return `{${topics.join(",")}}`;
}

function partsText(parts: OptionData, ofTimes: boolean): string {
  if (typeof parts !== "object") return String(parts);
  if (parts.every((part) => typeof part !== "object")) return `[${parts.map(String).join(",")}]`;
  const entries = pairs(parts).map(([partition, value]) => `"${String(partition)}":${ofTimes && typeof value !== "object" && typeof value !== "string" ? milliseconds(value) : String(value)}`);
  return `{${entries.join(",")}}`;
}

function pairs(data: OptionData): readonly (readonly [OptionData, OptionData])[] {
  if (typeof data !== "object") return [];
  return data.flatMap((pair) => {
    const [name, value] = typeof pair === "object" ? pair : [];
    return name === undefined || value === undefined ? [] : [[name, value] as const];
  });
}
