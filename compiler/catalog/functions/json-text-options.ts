import { callCode, type Code, objectCode, runtime } from "../../code/index.ts";
import { booleanType, type DataType, stringType } from "../../ir/types/data-type.ts";
import { readPattern } from "../../../runtime/functions/datetime/pattern.ts";
import { datetimePattern } from "../formats/check-pattern.ts";
import { json } from "../formats/json.ts";
import type { OptionSpec } from "../connectors/connector.ts";
import { typeDescriptorCode } from "../types/type-descriptor-code.ts";
import { optionPairs } from "./option-pairs.ts";
import type { EmittedArgument, EmitServices } from "./scalar-function.ts";
import { zoneArgumentFor } from "./zone-code.ts";

const modes = ["permissive", "failfast"];

/** A pattern of `date_format`. */
const writtenPattern: NonNullable<OptionSpec["check"]> = (value) => {
  if (typeof value !== "string") return undefined;
  const items = readPattern(value, "format");
  return "problem" in items ? `the pattern ${JSON.stringify(value)} ${items.problem}` : undefined;
};

/** Options of `from_json`, as `name: value` behind its type: those of the format json that are not of files, and the mode. */
export const jsonReadingOptions: readonly OptionSpec[] = [
  {
    name: "mode",
    type: stringType,
    check: (value) => (typeof value === "string" && modes.includes(value.toLowerCase()) ? undefined : `from_json has the modes ${modes.map((mode) => `"${mode}"`).join(" and ")}`),
  },
  ...json.reading.filter(({ name }) => name.startsWith("allow")),
  { name: "dateFormat", type: stringType, check: datetimePattern },
  { name: "timestampFormat", type: stringType, check: datetimePattern },
];

/** Options of `to_json`. */
export const jsonWritingOptions: readonly OptionSpec[] = [
  { name: "ignoreNullFields", type: booleanType },
  { name: "dateFormat", type: stringType, check: writtenPattern },
  { name: "timestampFormat", type: stringType, check: writtenPattern },
];

/** The shape of JSON texts as a constant of the module; `options` are the arguments behind the first: a name before each value. */
export function jsonShapeCode(type: DataType, nullable: boolean, options: readonly EmittedArgument[], services: EmitServices): Code {
  const descriptor = typeDescriptorCode(type, nullable);
  const zone = zoneArgumentFor(type, services);
  if (options.length === 0) return services.constant("shape", callCode(runtime("jsonType"), descriptor, ...zone));
  return services.constant("shape", callCode(runtime("jsonTypeWith"), descriptor, objectCode(optionPairs(options)), ...zone));
}
