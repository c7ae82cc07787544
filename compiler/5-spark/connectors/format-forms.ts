import type { DataType } from "../../ir/types/data-type.ts";
import type { Limit } from "../limit.ts";
import { asOption, carried, refused, sameNames, type OptionForms } from "./option-form.ts";

const datetime = sameNames("dateFormat", "timestampFormat", "timeZone");
const plainWire = "write `wire: \"plain\"` with `schemaFile`, or `format: \"json\"`";
const noRegistry = refused("Spark asks no registry of schemas", plainWire);
const registry: OptionForms = { registry: noRegistry, registryUser: noRegistry, registryPassword: noRegistry, registryToken: noRegistry };
const wire = carried("plain messages", { codes: ["E4142"], where: "Confluent's wire format, for Spark asks no registry of schemas", nearest: plainWire });

/** Every format of the catalogue, with its options of reading. */
export const readingForms: Readonly<Record<string, OptionForms>> = {
  avro: { schemaFile: carried("`avroSchema`, as the text that it has when the job is built"), wire, ...registry },
  csv: {
    header: asOption("header", "plain", { codes: ["W4143"], where: "of a stream a file that comes later with other columns fails the query", nearest: "all columns, in the order of the files" }),
    ...sameNames("enforceSchema", "quote", "escape", "nullValue", "emptyValue", "nanValue", "positiveInf", "negativeInf", "comment", "ignoreLeadingWhiteSpace", "ignoreTrailingWhiteSpace", "multiLine"),
    ...datetime,
    separator: asOption("sep"),
    emptyAsNull: carried("what stands for null"),
  },
  json: {
    ...sameNames(
      "multiLine", "allowComments", "allowSingleQuotes", "allowUnquotedFieldNames", "allowNonNumericNumbers", "allowNumericLeadingZeros", "allowUnquotedControlChars",
      "allowBackslashEscapingAnyCharacter", "primitivesAsString",
    ),
    ...datetime,
  },
  parquet: { timeZone: refused("Spark takes timestamps without a zone as UTC", "`timeZone: \"UTC\"`, or leave it out where the files' timestamps have a zone") },
  text: {},
};

/** Every format of the catalogue, with its options of writing. */
export const writingForms: Readonly<Record<string, OptionForms>> = {
  avro: { schemaFile: carried("`avroSchema`, as the text that it has when the job is built"), wire, ...registry, subject: noRegistry },
  csv: { ...sameNames("header", "nullValue"), separator: asOption("sep") },
  json: {},
  parquet: {},
  text: {},
};

const malformed: Limit = { codes: ["E4143"], where: "malformed records into a side output", nearest: "`malformed: \"drop\"`, or `\"fail\"`" };
const durations: Limit = { codes: ["E4141", "E4143"], where: `durations; ${malformed.where}`, nearest: `a number or a text to compute from; ${malformed.nearest}` };

/** What Spark's readers take otherwise than Sluice, by format. */
export const readingLimits: Readonly<Record<string, Limit>> = {
  avro: durations,
  csv: { ...durations, codes: [...durations.codes, "W4141"], where: `${durations.where}; records that are read otherwise, where malformed ones are expected` },
  json: { ...durations, codes: [...durations.codes, "W4141"], where: `durations and maps whose keys are no texts; ${malformed.where}; records that are read otherwise, where malformed ones are expected` },
  parquet: { ...durations, codes: [...durations.codes, "W4141"], where: `${durations.where}; timestamps without a zone as of the job's` },
  text: malformed,
};

/** The same of writers. */
export const writingLimits: Readonly<Record<string, Limit | undefined>> = {
  avro: { codes: ["E4141", "E4142"], where: "durations; into messages without `schemaFile`", nearest: "a number such as its milliseconds; `schemaFile: \"….avsc\"`" },
  parquet: { codes: ["E4141"], where: "durations", nearest: "a number such as its milliseconds" },
};

/** Why a column of a type cannot be read by Spark in a format as Sluice reads it. */
export function unreadable(type: DataType, format: string): string | undefined {
  switch (type.kind) {
    case "duration":
      return format === "text" ? undefined : "Spark reads no durations in ISO-8601's form";
    case "array":
      return unreadable(type.element, format);
    case "map":
      return format === "json" && type.key.kind !== "string" ? "Spark reads keys of maps in JSON as texts only" : (unreadable(type.key, format) ?? unreadable(type.value, format));
    case "record":
      return type.fields.map((field) => unreadable(field.type, format)).find((reason) => reason !== undefined);
    default:
      return undefined;
  }
}

/** Why a column of a type cannot be written by Spark in a format as Sluice writes it. */
export function unwritable(type: DataType, format: string): string | undefined {
  switch (type.kind) {
    case "duration":
      return format === "avro" || format === "parquet" ? `Spark has a form of its own for durations in ${format}` : undefined;
    case "array":
      return unwritable(type.element, format);
    case "map":
      return unwritable(type.key, format) ?? unwritable(type.value, format);
    case "record":
      return type.fields.map((field) => unwritable(field.type, format)).find((reason) => reason !== undefined);
    default:
      return undefined;
  }
}

/**
 * Records that Sluice calls malformed and Spark's readers take, or the other way round, by format (the deviations of `test/facts`): of files, and of
 * messages and lines, whose bytes the program sees.
 */
export const recordDifferences: Readonly<Record<"files" | "messages", Readonly<Record<string, string | undefined>>>> = {
  files: {
    json: "text behind a complete object is passed over, bytes that are no UTF-8 are replaced, timestamps outside the years 1684 to 2255 are taken, and of an array of records one that lacks a column is malformed alone, not with the whole array",
    csv: 'text behind a complete date is passed over, bytes that are no UTF-8 are replaced, timestamps outside the years 1684 to 2255 are taken, `""` is no null in columns that are no texts, a quote that is never closed ends with the file, and a carriage return within quotes is dropped before a line feed',
  },
  messages: {
    json: "text behind a complete object is passed over, and timestamps outside the years 1684 to 2255 are taken",
    csv: 'text behind a complete date is passed over, timestamps outside the years 1684 to 2255 are taken, `""` is no null in columns that are no texts, and a quote that is never closed ends with the record',
  },
};
