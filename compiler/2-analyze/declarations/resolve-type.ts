import { suggestion } from "../../diagnostics/did-you-mean.ts";
import { unknownType } from "../../diagnostics/catalogue/names.ts";
import { badDecimal, badTypeArguments, duplicateField } from "../../diagnostics/catalogue/types.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { FieldNode, NamedTypeNode, TypeNode } from "../../ir/ast/type.ts";
import type { DataType, Field, RecordType } from "../../ir/types/data-type.ts";
import {
  arrayType, binaryType, booleanType, dateType, decimalType, doubleType, durationType, errorType, floatType, intType, longType, mapType, recordType, stringType, timestampType, typeText,
} from "../../ir/types/data-type.ts";

/** What a written type needs to be resolved. */
export interface TypeNames {
  /** The record of a schema; undefined where it is broken (and that is reported). */
  schema(name: string): RecordType | undefined;
  readonly schemaNames: ReadonlySet<string>;
  report(diagnostic: Diagnostic): void;
}

/** A type with the `?` behind it. */
export interface ResolvedType {
  readonly type: DataType;
  readonly nullable: boolean;
}

const plain: ReadonlyMap<string, DataType> = new Map<string, DataType>([
  ["boolean", booleanType], ["int", intType], ["long", longType], ["float", floatType], ["double", doubleType], ["string", stringType],
  ["binary", binaryType], ["date", dateType], ["timestamp", timestampType], ["duration", durationType],
]);

/** Spellings of other languages. */
const habits: ReadonlyMap<string, string> = new Map([
  ["bigint", "long"], ["integer", "int"], ["int32", "int"], ["int64", "long"], ["smallint", "int"], ["tinyint", "int"], ["short", "int"], ["bool", "boolean"],
  ["number", "double"], ["real", "double"], ["float64", "double"], ["text", "string"], ["varchar", "string"], ["char", "string"], ["str", "string"], ["bytes", "binary"],
  ["bytea", "binary"], ["datetime", "timestamp"], ["timestamptz", "timestamp"], ["interval", "duration"], ["numeric", "decimal(p, s)"], ["struct", "{ … }"], ["array", "T[]"],
]);

/** The type that a type node means; `error` where it is broken, which is then reported. */
export function resolveType(node: TypeNode, names: TypeNames): ResolvedType {
  switch (node.kind) {
    case "MissingType":
      return { type: errorType, nullable: true };
    case "NullableType": {
      if (node.type.kind === "NullableType") {
        names.report(badTypeArguments({ message: "`??` says nothing that `?` does not" }).at(node.span).helped("write one `?`"));
      }
      return { type: resolveType(node.type, names).type, nullable: true };
    }
    case "ArrayType": {
      const element = resolveType(node.element, names);
      return { type: element.type.kind === "error" ? errorType : arrayType(element.type, element.nullable), nullable: false };
    }
    case "RecordType":
      return { type: recordType(resolveFields(node.fields, names)), nullable: false };
    case "NamedType":
      return { type: namedType(node, names), nullable: false };
  }
}

/** Fields in order; of two with one name the first counts. */
export function resolveFields(nodes: readonly FieldNode[], names: TypeNames): readonly Field[] {
  const fields: Field[] = [];
  const first = new Map<string, FieldNode>();
  for (const node of nodes) {
    const other = first.get(node.name.text);
    const { type, nullable } = resolveType(node.type, names);
    if (other !== undefined) {
      names.report(duplicateField({ name: node.name.text }).at(node.name.span).also(other.name.span, "the first one").helped("give one of them another name"));
      continue;
    }
    first.set(node.name.text, node);
    fields.push({ name: node.name.text, type, nullable });
  }
  return fields;
}

function namedType(node: NamedTypeNode, names: TypeNames): DataType {
  const name = node.name.text;
  const known = plain.get(name);
  if (name === "decimal") return decimal(node, names);
  if (name === "map") return map(node, names);
  if (known === undefined && !names.schemaNames.has(name)) {
    for (const argument of node.typeArguments) resolveType(argument, names);
    const habit = habits.get(name.toLowerCase()) ?? (plain.has(name.toLowerCase()) ? name.toLowerCase() : undefined);
    const help = habit === undefined ? suggestion(name, [...plain.keys(), "decimal", "map", ...names.schemaNames], "schemas") : `the language calls it \`${habit}\``;
    const diagnostic = unknownType({ name }).at(node.name.span);
    names.report(help === undefined ? diagnostic : diagnostic.helped(help));
    return errorType;
  }
  if (node.numbers.length > 0 || node.typeArguments.length > 0) {
    names.report(badTypeArguments({ message: `\`${name}\` takes nothing behind its name` }).at(node.span).helped(`write \`${name}\``));
  }
  return known ?? names.schema(name) ?? errorType;
}

function decimal(node: NamedTypeNode, names: TypeNames): DataType {
  const [precision, scale = 0] = node.numbers;
  if (precision === undefined || node.numbers.length > 2 || node.typeArguments.length > 0 || precision < 1 || precision > 38 || scale > precision) {
    names.report(badDecimal({ found: node.numbers.length === 0 ? "decimal" : `decimal(${node.numbers.join(", ")})` }).at(node.span).helped("write the digits and how many of them stand behind the point: `decimal(10, 2)`"));
    return errorType;
  }
  return decimalType(precision, scale);
}

function map(node: NamedTypeNode, names: TypeNames): DataType {
  const [key, value] = node.typeArguments.map((argument) => resolveType(argument, names));
  if (key === undefined || value === undefined || node.typeArguments.length !== 2 || node.numbers.length > 0) {
    names.report(badTypeArguments({ message: "a map has a key type and a value type" }).at(node.span).helped("write `map<string, T>`"));
    return errorType;
  }
  if (key.type.kind === "error" || value.type.kind === "error") return errorType;
  if (key.type.kind !== "string" || key.nullable) {
    names.report(badTypeArguments({ message: `the keys of a map are strings, found ${typeText(key.type)}${key.nullable ? "?" : ""}` }).at(node.span).helped("write `map<string, T>`"));
    return errorType;
  }
  return mapType(key.type, value.type, value.nullable);
}
