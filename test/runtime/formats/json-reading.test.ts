import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { decodeJsonText } from "../../../runtime/formats/json-decode.ts";
import type { TypeDescriptor } from "../../../runtime/formats/type-descriptor.ts";
import { valueType, type ValueType } from "../../../runtime/formats/value-type.ts";
import { dateText, timestampText } from "../../../runtime/functions/datetime-text.ts";
import { decimalText } from "../../../runtime/functions/decimal-text.ts";

interface ReadingFact {
  readonly format: string;
  readonly mode: string;
  readonly schema: string;
  readonly input: string;
  readonly options?: Readonly<Record<string, string>>;
  readonly timezone?: string;
  readonly rows?: readonly Readonly<Record<string, unknown>>[];
  readonly error?: string;
}

const facts: unknown = JSON.parse(readFileSync(new URL("../../facts/reading.json", import.meta.url), "utf8"));

/** Inputs that Sluice reads otherwise, and why (test/facts deviations 1, 2 and 5; `language.md` for what may not be null). */
const deviations: ReadonlyMap<string, string> = new Map([
  ['[{"a":1,"b":"x"}]', "a line is one record"],
  ['[{"a":1},{"a":2}]', "a line is one record"],
  ['[{"a":1},{"a":"x"}]', "a line is one record"],
  ['{"a":1,"b":"x"}{"a":2,"b":"y"}', "text after the record is malformed"],
  ['{"a":1,"b":"x"},', "text after the record is malformed"],
  ['{"a":"12:34:56"}', "depends on the day"],
  ['{"a":1709210096123}', "cannot be held to the microsecond"],
  ['{"a":"9999-12-31T23:59:59.999999Z"}', "cannot be held to the microsecond"],
]);

const cases = isFacts(facts) ? facts.filter((fact) => fact.format === "json" && applies(fact)) : [];

it("has the cases of Spark's JSON reader", () => {
  expect(cases.length).toBeGreaterThan(200);
});

it.each(cases.map((fact) => [`${fact.mode} ${fact.schema} ${fact.input} ${fact.timezone ?? ""}`, fact] as const))("reads as Spark does: %s", (_name, fact) => {
  const type = valueType({ record: topLevel(fact.schema).map((field) => pairOf(field.trim())) });
  const lines = fact.input.split(/\r\n|\r|\n/).filter((line) => line.trim() !== "");
  const outcomes = lines.map((line) => decodeJsonText(line, type, { texts: "source", zone: fact.options?.["timeZone"] ?? fact.timezone ?? "UTC" }));
  if (fact.rows === undefined) {
    expect(outcomes.some((outcome) => outcome.problem !== undefined)).toBe(true);
    return;
  }
  const rows = outcomes.map((outcome, at) => {
    const row = type.kind === "record" ? encode(outcome.value ?? type.empty, type) : undefined;
    const corrupt = outcome.problem === undefined ? null : lines[at];
    return fact.mode === "PERMISSIVE" ? { ...Object(row), _corrupt_record: corrupt } : row;
  });
  expect(rows).toEqual(fact.rows.map(normal));
});

it("says which field does not fit and why", () => {
  const type = valueType({ record: [["a", { record: [["b", "int"], ["c", "string"]] }]] });
  expect(decodeJsonText('{"a":{"b":"x","c":"y"}}', type).problem).toBe('the field `a.b` is "x", which is no int');
  expect(decodeJsonText('{"a":{"b":1}}', type).problem).toBe("the field `a.c` is missing");
  expect(decodeJsonText('{"a":{"b":null,"c":""}}', type).problem).toBe("the field `a.b` is null, which is no int");
  expect(decodeJsonText('{"a":', type).problem).toBe("the text ends at character 6, where a value should be");
});

it("keeps names that every object has as plain data", () => {
  const type = valueType({ record: [["__proto__", "int?"], ["constructor", "string?"], ["toString", "long?"]] });
  const { value, problem } = decodeJsonText('{"__proto__":1,"toString":9007199254740993}', type);
  expect(problem).toBeUndefined();
  expect(Object.entries(Object(value))).toEqual([["__proto__", 1], ["constructor", null], ["toString", 9007199254740993n]]);
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
});

it("stops at a depth of a thousand", () => {
  const type = valueType({ record: [["a", "int?"]] });
  const nested = (depth: number): string => `{"x":${"[".repeat(depth)}${"]".repeat(depth)}}`;
  expect(decodeJsonText(nested(999), type).problem).toBeUndefined();
  expect(decodeJsonText(nested(100_000), type).problem).toContain("nested");
});

function isFacts(value: unknown): value is readonly ReadingFact[] {
  return Array.isArray(value);
}

function applies(fact: ReadingFact): boolean {
  const spelled = Object.keys(fact.options ?? {}).every((option) => option === "timeZone");
  return spelled && !deviations.has(fact.input) && !fact.input.startsWith("binary:") && !/MAP<|INT NOT NULL|SMALLINT|TINYINT|TIMESTAMP_NTZ/.test(fact.schema) && fact.mode !== "DROPMALFORMED";
}

const names: Readonly<Record<string, string>> = { INT: "int", BIGINT: "long", STRING: "string", DOUBLE: "double", FLOAT: "float", BOOLEAN: "boolean", DATE: "date", TIMESTAMP: "timestamp", BINARY: "binary" };

function recordOf(fields: string): TypeDescriptor {
  return { record: topLevel(fields).map((field) => pairOf(field.trim())), nullable: true };
}

function pairOf(field: string): readonly [string, TypeDescriptor] {
  const match = /^`?([^\s:`]+)`?:?\s+(.*)$/.exec(field);
  return [match?.[1] ?? "", descriptorOf(match?.[2] ?? "")];
}

function descriptorOf(text: string): TypeDescriptor {
  const nested = /^(ARRAY|STRUCT)<(.*)>$/.exec(text);
  if (nested?.[1] === "ARRAY") return { array: descriptorOf(nested[2] ?? ""), nullable: true };
  if (nested !== null) return recordOf(nested[2] ?? "");
  const decimal = /^DECIMAL\((\d+),(\d+)\)$/.exec(text);
  if (decimal !== null) return `decimal(${Number(decimal[1])},${Number(decimal[2])})?`;
  // The names above are scalars' names.
  return `${names[text] ?? text}?` as TypeDescriptor;
}

function topLevel(text: string): readonly string[] {
  const parts = [""];
  let depth = 0;
  for (const character of text) {
    depth += "<(".includes(character) ? 1 : ">)".includes(character) ? -1 : 0;
    if (character === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += character;
  }
  return parts;
}

/** A value in the typed text of the facts. */
function encode(value: unknown, type: ValueType): unknown {
  if (value === null) return null;
  switch (type.kind) {
    case "record":
      return Object.fromEntries(type.fields.map((field) => [field.name, encode(Reflect.get(Object(value), field.name), field.type)]));
    case "array":
      return Array.isArray(value) ? value.map((item: unknown) => encode(item, type.element)) : value;
    case "long":
      return `bigint:${String(value)}`;
    case "decimal":
      return `decimal(${type.precision},${type.scale}):${typeof value === "number" || typeof value === "bigint" ? decimalText(value, type.scale) : ""}`;
    case "double":
    case "float":
      return normal(`${type.kind}:${Object.is(value, -0) ? "-0.0" : type.kind === "float" && typeof value === "number" ? Number(value.toPrecision(7)) : String(value)}`);
    case "date":
      return `date:${dateText(Number(value))}`;
    case "timestamp":
      return `timestamp:${timestampText(Number(value)).replace(" ", "T").replace(/\.(\d+)$/, (_, digits: string) => `.${digits.padEnd(6, "0")}`)}Z`;
    case "binary":
      return value instanceof Uint8Array ? `binary:${Buffer.from(value).toString("base64")}` : value;
    default:
      return value;
  }
}

/** Doubles in one spelling. */
function normal(value: unknown): unknown {
  if (typeof value === "string") return value.replace(/^(double|float):(.*)$/, (_, kind: string, digits: string) => `${kind}:${digits === "-0.0" ? digits : Number(digits)}`);
  if (Array.isArray(value)) return value.map(normal);
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, normal(member)])) : value;
}
