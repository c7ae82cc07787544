import { isAvroName } from "../../../runtime/formats/avro/schema-of-columns.ts";
import { stringType, type DataType } from "../../ir/types/data-type.ts";
import type { OptionSpec } from "../connectors/connector.ts";
import { notEmpty } from "../connectors/not-empty.ts";
import type { Format } from "./format.ts";

type Check = NonNullable<OptionSpec["check"]>;

/** Secrets in the address would stand in the emitted module. */
const registryAddress: Check = (value) => {
  if (typeof value !== "string") return undefined;
  if (!URL.canParse(value) || !/^https?:\/\//.test(value)) return `\`registry\` is an address like "http://registry:8081", found ${JSON.stringify(value)}`;
  const { username, password } = new URL(value);
  return username === "" && password === "" ? undefined : "`registry` holds a user or a password, which belong in `registryUser` and `registryPassword`";
};

const registry: readonly OptionSpec[] = [
  { name: "registry", type: stringType, check: registryAddress },
  { name: "registryUser", type: stringType, check: notEmpty("registryUser") },
  { name: "registryPassword", type: stringType, isSecret: true },
  { name: "registryToken", type: stringType, isSecret: true },
];

const schemaFile: OptionSpec = { name: "schemaFile", type: stringType, check: notEmpty("schemaFile"), constant: true };
const wire: OptionSpec = { name: "wire", type: "words", allowed: ["confluent", "plain"] };
const registryNames = registry.map(({ name }) => name);

/** Avro: container files, and messages by themselves or in Confluent's wire format, whose schemas a registry has. */
export const avro: Format = {
  name: "avro",
  reading: [schemaFile, wire, ...registry],
  ofFiles: new Set(),
  ofMessages: new Set(["wire", "subject", ...registryNames]),
  atStart: new Set(registryNames),
  writing: [schemaFile, wire, ...registry, { name: "subject", type: stringType, check: notEmpty("subject"), constant: true }],
  lacks: (type) => (hasOddMap(type) ? "has no form for maps whose keys are no strings" : undefined),
  lacksName,
};

function lacksName(name: string, type: DataType): string | undefined {
  const odd = oddName(name, type);
  return odd === undefined ? undefined : `cannot call a field ${JSON.stringify(odd)}: names are letters, digits and \`_\``;
}

function oddName(name: string, type: DataType): string | undefined {
  if (!isAvroName(name)) return name;
  switch (type.kind) {
    case "array":
      return oddName(name, type.element);
    case "map":
      return oddName(name, type.value);
    case "record":
      return type.fields.map((field) => oddName(field.name, field.type)).find((odd) => odd !== undefined);
    default:
      return undefined;
  }
}

function hasOddMap(type: DataType): boolean {
  switch (type.kind) {
    case "array":
      return hasOddMap(type.element);
    case "map":
      return type.key.kind !== "string" || hasOddMap(type.value);
    case "record":
      return type.fields.some((field) => hasOddMap(field.type));
    default:
      return false;
  }
}
