import type { OptionSpec } from "../../catalog/connectors/connector.ts";
import { avroFit } from "../../catalog/formats/avro-fit.ts";
import { findFormat } from "../../catalog/formats/registry.ts";
import { avroColumn, avroSchemaSource } from "../../diagnostics/catalogue/avro.ts";
import { badSample, missingSample } from "../../diagnostics/catalogue/schema-files.ts";
import type { FormatOptions, OptionValue } from "../../ir/logical/input.ts";
import type { SinkTarget } from "../../ir/logical/job.ts";
import type { Field } from "../../ir/types/data-type.ts";
import type { Span } from "../../source/span.ts";
import type { JobContext } from "../job-context.ts";
import type { GivenOption } from "./check-arguments.ts";

/** What a job says of Avro, checked. */
export interface AvroSettings {
  /** `wire` where records are messages, `schema` (the text of the schema file), `subject`. */
  readonly formatOptions: FormatOptions;
  /** How the registry is reached. */
  readonly registry?: readonly OptionValue[];
}

interface Asked {
  readonly format: string | undefined;
  readonly given: readonly GivenOption[];
  readonly values: readonly OptionValue[];
  readonly specs: readonly OptionSpec[];
  /** Constant options of the format. */
  readonly constants: FormatOptions;
  readonly ofMessages: boolean;
  /** Columns that are read; undefined for those that are written, which `checkAvroColumns` holds against the schema. */
  readonly fields: readonly Field[] | undefined;
  readonly verb: "read" | "write";
  readonly at: Span;
}

/** Where the schemas of Avro come from: the text of a schema file is taken up now, the registry is asked at start. Other formats keep their options. */
export function avroSettings(asked: Asked, job: JobContext): AvroSettings {
  const { format, given, values, specs, constants, ofMessages } = asked;
  if (format !== "avro") return { formatOptions: constants };
  const { schemaFile, wire, ...others } = constants;
  const schema = schemaText(typeof schemaFile === "string" ? schemaFile : undefined, asked, job);
  const atStart = findFormat(format)?.atStart;
  const registry = values.filter(({ name }) => atStart?.has(name) === true && specs.some((spec) => spec.name === name));
  const kept: FormatOptions = { ...(ofMessages ? { wire: wire ?? (given.some(({ spec }) => atStart?.has(spec.name) === true) ? "confluent" : "plain") } : {}), ...(schema === undefined ? {} : { schema }), ...others };
  if (ofMessages) checkSource(asked, kept, job);
  return { formatOptions: kept, ...(registry.length === 0 ? {} : { registry }) };
}

function checkSource({ given, at, verb }: Asked, { wire }: FormatOptions, job: JobContext): void {
  const has = (name: string): boolean => given.some(({ spec }) => spec.name === name);
  const spanOf = (name: string): Span => given.find(({ spec }) => spec.name === name)?.argument.span ?? at;
  const report = (message: string, where: Span, help: string): void => job.report(avroSchemaSource({ message }).at(where).helped(help));
  const ofRegistry = ["registryUser", "registryPassword", "registryToken"].find(has);
  if (!has("registry") && ofRegistry !== undefined) return report(`\`${ofRegistry}\` is without \`registry\``, spanOf(ofRegistry), 'add `registry: "http://…"`, or leave it out');
  if (has("registryToken") && has("registryUser")) return report("`registryUser` and `registryToken` both say who asks", spanOf("registryToken"), "keep one of them");
  if (wire === "confluent" && !has("registry")) return report("messages in Confluent's wire format name their schemas by ids, and no registry knows these", spanOf("wire"), 'add `registry: "http://…"`');
  if (wire === "plain" && has("registry")) return report('`wire: "plain"` names no schemas, so there is nothing to ask a registry for', spanOf("registry"), "leave one of the two out");
  if (wire === "plain" && verb === "read" && !has("schemaFile")) return report("nothing says with which schemas the messages were written", spanOf("format"), 'add `registry: "http://…"`, or `schemaFile: "….avsc"` where all have the same');
  if (verb === "write" && has("subject") && !has("registry")) report("`subject` is without `registry`", spanOf("subject"), 'add `registry: "http://…"`, or leave it out');
}

/** Holds the columns of a query against the schema file that its sink names. */
export function checkAvroColumns({ format, formatOptions }: SinkTarget, columns: readonly Field[], at: Span, job: JobContext): void {
  const schema = format === "avro" ? formatOptions?.["schema"] : undefined;
  const fit = typeof schema === "string" ? avroFit(schema, columns, "write") : undefined;
  if (fit?.ok === false) job.report(avroColumn({ problem: fit.problem }).at(at).helped("change the columns with a `select`, or the schema file"));
}

/** The text of the schema file; undefined where none is named, or after a report. */
function schemaText(path: string | undefined, { given, fields, at }: Asked, job: JobContext): string | undefined {
  if (path === undefined) return undefined;
  const where = given.find(({ spec }) => spec.name === "schemaFile")?.argument.span ?? at;
  const file = job.files.read(path);
  if (file === undefined) {
    job.report(missingSample({ path }).at(where).helped("put the schema file there"));
    return undefined;
  }
  const fit = avroFit(file.text, fields ?? [], "read");
  if (!fit.ok) job.report((fit.isSchema ? avroColumn({ problem: fit.problem }) : badSample({ path, place: "", reason: fit.problem })).at(where));
  return fit.ok ? compact(file.text) : undefined;
}

/** Without blanks: it stands in the emitted module. */
function compact(text: string): string {
  return JSON.stringify(JSON.parse(text));
}
