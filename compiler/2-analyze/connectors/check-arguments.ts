import type { CheckTogether, OptionProblem, OptionSpec } from "../../catalog/connectors/connector.ts";
import { connectorOptionType, connectorOptionValue, duplicateConnectorOption, missingConnectorOption, optionsTogether, positionalOption, unknownConnectorOption } from "../../diagnostics/catalogue/connectors.ts";
import { secretInJob } from "../../diagnostics/catalogue/kafka.ts";
import { notInThisVersion } from "../../diagnostics/catalogue/planning.ts";
import { isImplicit } from "../../catalog/types/index.ts";
import type { PlacedDiagnostic } from "../../diagnostics/diagnostic.ts";
import { suggestion } from "../../diagnostics/did-you-mean.ts";
import type { Argument, CallExpression } from "../../ir/ast/expression.ts";
import type { Expr } from "../../ir/expr/expr.ts";
import { visitExpr } from "../../ir/expr/walk.ts";
import type { LiteralValue } from "../../ir/expr/literal-value.ts";
import type { OptionValue } from "../../ir/logical/input.ts";
import { arrayType, stringType } from "../../ir/types/data-type.ts";
import type { Span } from "../../source/span.ts";
import { bindExpr } from "../expressions/bind-expr.ts";
import { coerce } from "../expressions/coerce.ts";
import { rowContext } from "../expressions/expr-context.ts";
import { isPoisoned } from "../expressions/poison.ts";
import { emptyScope } from "../expressions/scope.ts";
import { typeWords } from "../expressions/type-words.ts";
import type { JobContext } from "../job-context.ts";
import { formHelp } from "./option-form.ts";
import { topicOption } from "./topic-positions.ts";

/** An argument of a connector with its option. */
export interface GivenOption {
  readonly spec: OptionSpec;
  readonly argument: Argument;
}

/**
 * Pairs the arguments of a connector with its options: by position first, then by name. What does not fit is reported; `hint` may know
 * of an unknown name where it belongs.
 */
export function matchOptions(call: CallExpression, specs: readonly OptionSpec[], job: Pick<JobContext, "report">, hint: (name: string) => string | undefined = () => undefined): readonly GivenOption[] {
  const connector = call.callee.text;
  const given = new Map<string, GivenOption>();
  let position = 0;
  let named = false;
  let misplaced = false;
  for (const argument of call.args) {
    const spec = argument.name === undefined ? specs.find((candidate) => candidate.position === position) : specs.find((candidate) => candidate.name === argument.name?.text);
    if (argument.name === undefined) {
      position += 1;
      if (named) job.report(positionalOption({ message: "an argument without a name stands behind one with a name" }).at(argument.span).helped("give it its name"));
      else if (spec === undefined) job.report(positionalOption({ message: `\`${connector}\` takes ${countWords(specs)} without a name` }).at(argument.span).helped("write `name: value`"));
      if (named || spec === undefined) {
        misplaced = true;
        continue;
      }
    } else {
      named = true;
      if (spec === undefined) {
        const help = hint(argument.name.text) ?? suggestion(argument.name.text, specs.map((candidate) => candidate.name), "its options are");
        const diagnostic = unknownConnectorOption({ connector, name: argument.name.text }).at(argument.name.span);
        job.report(help === undefined ? diagnostic : diagnostic.helped(help));
        continue;
      }
    }
    const before = given.get(spec.name);
    if (before === undefined) given.set(spec.name, { spec, argument });
    else job.report(duplicateConnectorOption({ name: spec.name }).at(argument.span).also(before.argument.span, "the first time"));
  }
  for (const spec of specs) {
    if (spec.required === true && !misplaced && !given.has(spec.name)) job.report(missingConnectorOption({ connector, name: spec.name }).at(call.span).helped(`write \`${connector}(${spec.name}: …)\``));
  }
  return [...given.values()];
}

/** The value of an option: a constant or an expression over params, of the option's type; undefined after a report. */
export function optionValue({ spec, argument }: GivenOption, job: JobContext): OptionValue | undefined {
  if (spec.later === true) {
    job.report(notInThisVersion({ what: `the option \`${spec.name}\`` }).at(argument.span));
    return undefined;
  }
  // Names of columns and of imports are no expressions; whoever knows the row, or the module, checks them.
  if (spec.type === "columns" || spec.type === "imported" || spec.type === "row") return undefined;
  if (spec.type === "partitions" || spec.type === "offsets" || spec.type === "times") return topicOption(spec.name, spec.type, argument.value, job);
  const value = bindExpr(argument.value, { ...rowContext(job, emptyScope), place: "option" });
  if (isPoisoned(value)) return undefined;
  if (spec.type === "words") return wordValue(spec, value, argument.value.span, job);
  const type = spec.type === "texts" ? (value.type.kind === "array" ? arrayType(stringType, false) : stringType) : spec.type;
  if (value.type.kind === "null" || !isImplicit(value.type, type) || (value.type.kind === "string") !== (type.kind === "string")) {
    const diagnostic = connectorOptionType({ name: spec.name, expected: spec.type === "texts" ? "a string or an array of strings" : typeWords(type), found: typeWords(value.type) }).at(argument.value.span);
    const help = formHelp(spec, argument.value);
    job.report(help === undefined ? diagnostic : diagnostic.helped(help));
    return undefined;
  }
  const coerced = coerce(value, type);
  if (spec.constant === true && coerced.kind !== "Literal") {
    job.report(connectorOptionType({ name: spec.name, expected: "a constant", found: "a value that is known at start" }).at(argument.value.span).helped("write the value itself"));
    return undefined;
  }
  if (spec.isSecret === true && !isKept(coerced, job)) {
    job.report(secretInJob({ name: spec.name }).at(argument.value.span).helped(`declare \`param ${spec.name}: string = env("${envName(spec.name)}")\` and write \`${spec.name}: ${spec.name}\``));
    return undefined;
  }
  const constant = constantOf(coerced);
  const problem = constant === undefined ? undefined : spec.check?.(constant);
  if (problem !== undefined) {
    job.report(valueProblem(problem, argument.value.span));
    return undefined;
  }
  return { name: spec.name, value: coerced };
}

/** What a check found, as it is reported. */
export function valueProblem(problem: OptionProblem, at: Span): PlacedDiagnostic {
  if (typeof problem === "string") return connectorOptionValue({ message: problem }).at(at);
  return connectorOptionValue({ message: problem.message }).at(at).helped(problem.help);
}

/** Reports options that do not go together. */
export function checkTogether(check: CheckTogether | undefined, given: readonly GivenOption[], values: readonly OptionValue[], job: Pick<JobContext, "report">): void {
  const conflict = check?.(new Map(given.map(({ spec }) => [spec.name, literalOf(values.find(({ name }) => name === spec.name))])));
  const at = given.find(({ spec }) => spec.name === conflict?.option)?.argument;
  if (conflict !== undefined && at !== undefined) job.report(optionsTogether({ message: conflict.message }).at(at.span).helped(conflict.help));
}

/** Whether a secret comes from outside: it is made of params, and no constant text stands in it or in the default of one of them. */
function isKept(value: Expr, { params }: JobContext): boolean {
  let hasParam = false;
  let hasConstant = holdsText(value);
  visitExpr(value, (node) => {
    if (node.kind !== "ParamRef") return;
    hasParam = true;
    const given = params.get(node.name)?.default;
    if (given !== undefined && holdsText(given)) hasConstant = true;
  });
  return hasParam && !hasConstant;
}

/** Whether a constant stands in an expression that could be (a part of) a secret: a text that is not empty, and is no variable's name. */
function holdsText(value: Expr): boolean {
  const names = new Set<Expr>();
  const texts: Expr[] = [];
  visitExpr(value, (node) => {
    if (node.kind === "Call" && node.name === "env" && node.args[0] !== undefined) names.add(node.args[0]);
    if (node.kind === "Literal" && (typeof node.value === "string" ? node.value !== "" : node.value instanceof Uint8Array)) texts.push(node);
  });
  return texts.some((text) => !names.has(text)) || (value.kind === "Literal" && value.value !== null && value.value !== "");
}

/** `tlsPassphrase` as a variable's name: `TLS_PASSPHRASE`. */
function envName(option: string): string {
  return option.replace(/([A-Z])/g, "_$1").toUpperCase();
}

/** What of a value is constant, of an array its constant items; undefined where nothing is. */
function constantOf(value: Expr): LiteralValue | undefined {
  if (value.kind === "Literal") return value.value;
  if (value.kind !== "MakeArray") return undefined;
  const items = value.items.flatMap((item) => (item.kind === "Literal" ? [item.value] : []));
  return items.length === 0 && value.items.length > 0 ? undefined : items;
}

function literalOf(option: OptionValue | undefined): LiteralValue | undefined {
  return option?.value.kind === "Literal" ? option.value.value : undefined;
}

/** One of a few words; the plan depends on it, so it is a constant. */
function wordValue(spec: OptionSpec, value: Expr, at: Span, job: JobContext): OptionValue | undefined {
  const allowed = spec.allowed ?? [];
  if (value.kind === "Literal" && typeof value.value === "string" && allowed.includes(value.value)) return { name: spec.name, value };
  const found = value.kind === "Literal" && typeof value.value === "string" ? JSON.stringify(value.value) : value.kind === "Literal" ? typeWords(value.type) : "no constant";
  const choices = allowed.map((choice) => `"${choice}"`).join(", ");
  const diagnostic = connectorOptionType({ name: spec.name, expected: `one of ${choices}`, found }).at(at).labelled("not one of them");
  const help = value.kind === "Literal" && typeof value.value === "string" ? suggestion(value.value, allowed, "it takes") : undefined;
  job.report(help === undefined ? diagnostic : diagnostic.helped(help));
  return undefined;
}

function countWords(specs: readonly OptionSpec[]): string {
  const count = specs.filter((spec) => spec.position !== undefined).length;
  return count === 0 ? "no argument" : count === 1 ? "one argument" : `${count} arguments`;
}

/** `format: "json"` and the like, shared by sources and sinks. */
export function formatOption(allowed: readonly string[]): OptionSpec {
  return { name: "format", type: "words", allowed };
}

/** The text of a constant option. */
export function constantText(option: OptionValue | undefined): string | undefined {
  return option?.value.kind === "Literal" && option.value.type.kind === stringType.kind && typeof option.value.value === "string" ? option.value.value : undefined;
}
