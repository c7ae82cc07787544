import { fixedOffset, isZone } from "../../../runtime/time/zone.ts";
import { unknownOption } from "../../diagnostics/catalogue/names.ts";
import { notInThisVersion } from "../../diagnostics/catalogue/planning.ts";
import { badOptionValue } from "../../diagnostics/catalogue/types.ts";
import { nearest, suggestion } from "../../diagnostics/did-you-mean.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { OptionStatement } from "../../ir/ast/statement.ts";
import type { LiteralNode } from "../../ir/ast/step.ts";
import type { JobOptions } from "../../ir/logical/job.ts";

type Options = { -readonly [K in keyof JobOptions]: JobOptions[K] };
type Report = (diagnostic: Diagnostic) => void;

/** Spark's default number of state partitions is 200; a single machine needs fewer. The checkpoint freezes it. */
const defaults: JobOptions = { timezone: "UTC", statePartitions: 8, watermarkPolicy: "min", noDataBatches: true, compatibility: "sluice", sinks: "separate" };

/** Checks one option and sets what it says. */
const settings: Readonly<Record<string, (statement: OptionStatement, options: Options, report: Report) => void>> = {
  timezone(statement, options, report) {
    const zone = text(statement.value);
    if (zone === undefined || !isZone(zone)) {
      const found = literalWords(statement.value);
      report(badOptionValue({ name: "timezone", expected: "the name of a time zone", found }).at(statement.value.span).helped('write a region, `"Europe/Madrid"`, or an offset, `"+02:00"`'));
      return;
    }
    // What is UTC by another name needs no argument in emitted code.
    options.timezone = fixedOffset(zone) === 0 && !zone.includes("GMT") ? "UTC" : zone;
  },
  inferSchema(statement, _options, report) {
    if (flag(statement.value) === undefined) wrong(statement, "true or false", report);
  },
  parallelism(statement, _options, report) {
    const threads = integer(statement.value);
    if (threads === undefined || threads < 1) return wrong(statement, "a number from 1", report);
    if (threads > 1) report(notInThisVersion({ what: "parallelism above 1" }).at(statement.value.span));
  },
  statePartitions(statement, options, report) {
    const partitions = integer(statement.value);
    if (partitions === undefined || partitions < 1 || partitions > 1024) return wrong(statement, "a number from 1 to 1024", report);
    options.statePartitions = partitions;
  },
  stateStore(statement, _options, report) {
    const store = word(statement, ["memory", "disk"], report);
    if (store !== undefined && store !== "memory") report(notInThisVersion({ what: `the state store \`${store}\`` }).at(statement.value.span));
  },
  watermarkPolicy(statement, options, report) {
    const policy = word(statement, ["min", "max"], report);
    if (policy === "min" || policy === "max") options.watermarkPolicy = policy;
  },
  noDataBatches(statement, options, report) {
    const value = flag(statement.value);
    if (value === undefined) wrong(statement, "true or false", report);
    else options.noDataBatches = value;
  },
  compatibility(statement, options, report) {
    const value = word(statement, ["sluice", "spark"], report);
    if (value === "sluice" || value === "spark") options.compatibility = value;
  },
  sinks(statement, options, report) {
    const value = word(statement, ["separate", "together"], report);
    if (value === "separate" || value === "together") options.sinks = value;
  },
};

/** The settings of a job: defaults, changed by its `option` statements. */
export function checkOptions(statements: Iterable<OptionStatement>, report: Report): JobOptions {
  const options: Options = { ...defaults };
  for (const statement of statements) {
    const name = statement.name.text;
    const check = Object.hasOwn(settings, name) ? settings[name] : undefined;
    if (check !== undefined) {
      check(statement, options, report);
      continue;
    }
    const near = nearest(name, Object.keys(settings));
    const diagnostic = unknownOption({ name }).at(statement.name.span);
    report(diagnostic.helped(near === undefined ? `the options are ${Object.keys(settings).map((key) => `\`${key}\``).join(", ")}` : `did you mean \`${near}\`?`));
  }
  return options;
}

function wrong(statement: OptionStatement, expected: string, report: Report): void {
  report(badOptionValue({ name: statement.name.text, expected, found: literalWords(statement.value) }).at(statement.value.span));
}

function word(statement: OptionStatement, allowed: readonly string[], report: Report): string | undefined {
  const value = text(statement.value);
  if (value !== undefined && allowed.includes(value)) return value;
  const expected = allowed.map((choice) => `"${choice}"`).join(" or ");
  const diagnostic = badOptionValue({ name: statement.name.text, expected, found: literalWords(statement.value) }).at(statement.value.span);
  const help = value === undefined ? undefined : suggestion(value, allowed, "it takes");
  report(help === undefined ? diagnostic : diagnostic.helped(help));
  return undefined;
}

function text(node: LiteralNode): string | undefined {
  return node.kind === "StringLiteral" ? node.value : undefined;
}

function flag(node: LiteralNode): boolean | undefined {
  return node.kind === "BooleanLiteral" ? node.value : undefined;
}

function integer(node: LiteralNode): number | undefined {
  return node.kind === "NumberLiteral" && node.form === "integer" ? Number(node.text) : undefined;
}

function literalWords(node: LiteralNode): string {
  switch (node.kind) {
    case "StringLiteral":
      return JSON.stringify(node.value);
    case "NumberLiteral":
      return node.text;
    case "BooleanLiteral":
      return String(node.value);
    case "NullLiteral":
      return "null";
    case "DurationLiteral":
      return "a duration";
    case "DatetimeLiteral":
      return `a ${node.type}`;
  }
}
