import type { LogicalQuery } from "../../ir/logical/job.ts";
import type { DataType } from "../../ir/types/data-type.ts";
import { pyList, pyText, type Py } from "../python/py.ts";
import { pyTuple } from "../python/column-argument.ts";

/** The columns that a result has to have, with their types as pyspark's `simpleString` names them; nullability is not held against them. */
export function columnsOf({ plan }: LogicalQuery): Py {
  return pyList(plan.output.map(({ name, type }) => pyTuple([pyText(name), pyText(typeName(type))])));
}

const names = { boolean: "boolean", int: "int", long: "bigint", float: "float", double: "double", string: "string", binary: "binary", date: "date", timestamp: "timestamp", duration: "interval day to second", null: "void", error: "void" } as const;

function typeName(type: DataType): string {
  switch (type.kind) {
    case "decimal":
      return `decimal(${type.precision},${type.scale})`;
    case "array":
      return `array<${typeName(type.element)}>`;
    case "map":
      return `map<${typeName(type.key)},${typeName(type.value)}>`;
    case "record":
      return `struct<${type.fields.map((field) => `${field.name}:${typeName(field.type)}`).join(",")}>`;
    default:
      return names[type.kind];
  }
}
