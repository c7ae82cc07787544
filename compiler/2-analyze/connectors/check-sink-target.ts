import type { SinkCapabilities } from "../../catalog/connectors/connector.ts";
import { findSink, sinkNames } from "../../catalog/connectors/registry.ts";
import { unknownConnector } from "../../diagnostics/catalogue/connectors.ts";
import { notInThisVersion } from "../../diagnostics/catalogue/planning.ts";
import { suggestion } from "../../diagnostics/did-you-mean.ts";
import type { Name } from "../../ir/ast/name.ts";
import type { Argument, CallExpression } from "../../ir/ast/expression.ts";
import type { OptionValue } from "../../ir/logical/input.ts";
import type { SinkTarget } from "../../ir/logical/job.ts";
import type { Span } from "../../source/span.ts";
import type { JobContext } from "../job-context.ts";
import { checkTogether, constantText, formatOption, matchOptions, optionValue } from "./check-arguments.ts";
import { checkBatchWriter, checkWriter, type CheckedWriter } from "./check-writer.ts";
import { avroSettings } from "./avro-options.ts";
import { columnNames } from "./column-names.ts";
import { constantOptions, formatHint, writingOptions, writtenFormat } from "./format-options.ts";

/** A checked sink with what it can do. */
export interface CheckedTarget {
  readonly target: SinkTarget;
  readonly capabilities: SinkCapabilities;
  /** The names behind `partitionBy`, where they stand. */
  readonly partitionColumns: readonly Name[];
  /** The column that `changelog` adds to the rows. */
  readonly kindColumn: string | undefined;
  /** The user's code that takes the rows. */
  readonly user?: CheckedWriter;
  /** Arguments that are expressions over the rows, by name. */
  readonly ofRows: ReadonlyMap<string, Argument>;
  /** Whether a format is named that there is not, which is reported. */
  readonly isFormatWrong: boolean;
  /** Where `delivery` is said. */
  readonly deliverySpan: Span | undefined;
}

/** Checks where a query's rows go; undefined after a report that leaves nothing to go on with. */
export function checkSinkTarget(call: CallExpression, job: JobContext): CheckedTarget | undefined {
  const name = call.callee.text;
  const capabilities = findSink(name);
  if (capabilities === "later") job.report(notInThisVersion({ what: `the sink \`${name}\`` }).at(call.callee.span));
  if (capabilities === undefined) {
    const help = suggestion(name, sinkNames(), "sinks") ?? `the sinks are ${sinkNames().map((known) => `\`${known}\``).join(", ")}`;
    job.report(unknownConnector({ name, role: "sink" }).at(call.callee.span).helped(help));
  }
  if (capabilities === undefined || capabilities === "later") return undefined;
  const formats = [...capabilities.formats, ...(capabilities.laterFormats ?? [])];
  // The columns of rows without a format are the parts of a message.
  const usual = capabilities.ofMessages === true ? undefined : capabilities.formats[0];
  const formatSpecs = formats.length === 0 ? [] : writingOptions(writtenFormat(call) ?? usual, capabilities.ofMessages === true);
  const given = matchOptions(call, formats.length === 0 ? capabilities.options : [...capabilities.options, ...formatSpecs, formatOption(formats)], job, (option) => capabilities.habits?.get(option) ?? (formats.length === 0 ? undefined : formatHint(option, "writing", writtenFormat(call))));
  const values = given.flatMap((option) => optionValue(option, job) ?? []);
  checkTogether(capabilities.checkTogether, given, values, job);
  const switched = capabilities.modesWith?.find(({ option }) => given.some(({ spec }) => spec.name === option) && !isFalse(values.find((value) => value.name === option)));
  const format = constantText(values.find((option) => option.name === "format")) ?? usual;
  if (format !== undefined && !capabilities.formats.includes(format)) {
    job.report(notInThisVersion({ what: `the format ${format} of the sink \`${name}\`` }).at(given.find(({ spec }) => spec.name === "format")?.argument.value.span ?? call.span));
  }
  const asked = { format, given, values, specs: formatSpecs, constants: constantOptions(given, values, formatSpecs, job, format), ofMessages: capabilities.ofMessages === true };
  const { formatOptions, registry } = avroSettings({ ...asked, fields: undefined, verb: "write", at: call.span }, job);
  const options = values.filter((option) => option.name !== "format" && !formatSpecs.some((spec) => spec.name === option.name));
  const argument = given.find(({ spec }) => spec.type === "imported")?.argument;
  const user = argument === undefined ? undefined : name === "foreach" ? checkWriter(argument, job) : checkBatchWriter(argument, job);
  if (capabilities.isUserCode === true && user === undefined) return undefined;
  const partitionBy = given.find(({ spec }) => spec.type === "columns")?.argument;
  const columns = partitionBy === undefined ? [] : columnNames(partitionBy, job);
  return {
    target: {
      connector: name,
      options,
      format,
      ...(Object.keys(formatOptions).length === 0 ? {} : { formatOptions }),
      ...(registry === undefined ? {} : { registry }),
      ...(columns.length === 0 ? {} : { partitionBy: columns.map(({ text }) => text) }),
      ...(user === undefined ? {} : { writer: user.writer }),
      span: call.span,
    },
    capabilities: switched === undefined ? capabilities : { ...capabilities, modes: switched.modes },
    kindColumn: constantText(values.find((value) => value.name === "changelog")),
    partitionColumns: columns,
    ofRows: new Map(given.flatMap(({ spec, argument: own }) => (spec.type === "row" ? [[spec.name, own] as const] : []))),
    isFormatWrong: given.some(({ spec }) => spec.name === "format") && !values.some((option) => option.name === "format"),
    deliverySpan: given.find(({ spec }) => spec.name === capabilities.deliveryOption)?.argument.span,
    ...(user === undefined ? {} : { user }),
  };
}

function isFalse(option: OptionValue | undefined): boolean {
  return option?.value.kind === "Literal" && option.value.value === false;
}
