import { propertyName } from "../code/build.ts";
import { quote } from "../code/literal.ts";
import type { Column } from "../ir/logical/column.ts";
import type { DataType } from "../ir/types/data-type.ts";
import { internalError } from "../diagnostics/internal-error.ts";

/** The TypeScript type of a value in the runtime's representation. */
export function tsType(type: DataType, nullable: boolean): string {
  const text = bareType(type);
  return nullable && text !== "null" ? `${text} | null` : text;
}

function bareType(type: DataType): string {
  switch (type.kind) {
    case "boolean":
    case "string":
      return type.kind;
    case "int":
    case "float":
    case "double":
    case "date":
    case "timestamp":
    case "duration":
      return "number";
    case "long":
    case "decimal":
      return "number | bigint";
    case "binary":
      return "Uint8Array";
    case "null":
      return "null";
    case "array":
      return `readonly ${grouped(tsType(type.element, type.elementNullable))}[]`;
    case "record":
      return type.fields.length === 0 ? "object" : `{ ${type.fields.map((field) => `readonly ${propertyName(field.name)}: ${tsType(field.type, field.nullable)}`).join("; ")} }`;
    case "map":
      return `ReadonlyMap<${bareType(type.key)}, ${tsType(type.value, type.valueNullable)}>`;
    case "error":
      return internalError("E9006", "a value without a type reached emission");
  }
}

function grouped(text: string): string {
  return /[ |]/.test(text) && !/^\{.*\}$/s.test(text) ? `(${text})` : text;
}

/** The type as runtime calls take it: `"long?"`, `{ record: [["a", "int"]] }`, `{ map: ["string", "int?"] }`. */
export function descriptorText(type: DataType, nullable: boolean): string {
  switch (type.kind) {
    case "record": {
      const fields = type.fields.map((field) => `[${quote(field.name)}, ${descriptorText(field.type, field.nullable)}]`).join(", ");
      return `{ record: [${fields}]${nullable ? ", nullable: true" : ""} }`;
    }
    case "array":
      return `{ array: ${descriptorText(type.element, type.elementNullable)}${nullable ? ", nullable: true" : ""} }`;
    case "decimal":
      return `"decimal(${type.precision},${type.scale})${nullable ? "?" : ""}"`;
    case "null":
      // Only the null is ever of this type, so any name serves.
      return `"int?"`;
    case "map":
      return `{ map: [${descriptorText(type.key, false)}, ${descriptorText(type.value, type.valueNullable)}]${nullable ? ", nullable: true" : ""} }`;
    case "error":
      return internalError("E9006", `a key or column of type ${type.kind} reached emission`);
    default:
      return `"${type.kind}${nullable ? "?" : ""}"`;
  }
}

/** Property names for columns: their own; a name that comes twice (both sides of a join) gets a number, so that none is lost. */
export function propertyNames(columns: readonly Column[]): ReadonlyMap<number, string> {
  const taken = new Set<string>();
  return new Map(
    columns.map(({ id, name }): [number, string] => {
      let unique = name;
      for (let n = 2; taken.has(unique); n++) unique = `${name}${n}`;
      taken.add(unique);
      return [id, unique];
    }),
  );
}

/** The type of a row object with these columns: `{ readonly url: string; … }`. `names`: where it has a part of a row's columns, those of the whole. */
export function rowType(columns: readonly Column[], names: ReadonlyMap<number, string> = propertyNames(columns)): string {
  return `{ ${columns.map(({ id, type, nullable }) => `readonly ${propertyName(names.get(id) ?? "")}: ${tsType(type, nullable)}`).join("; ")} }`;
}
