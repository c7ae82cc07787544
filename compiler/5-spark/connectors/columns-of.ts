import { internalError } from "../../diagnostics/internal-error.ts";
import type { LogicalQuery } from "../../ir/logical/job.ts";
import { typeText, type DataType } from "../../ir/types/data-type.ts";
import { plainTypeText } from "../expressions/cast-type.ts";
import { pyList, pyText, pyTuple, type Py } from "../python/py.ts";

/** The columns that a result has to have, with their types as pyspark's `simpleString` names them; nullability is not held against them. */
export function columnsOf({ plan }: LogicalQuery): Py {
  return pyList(plan.output.map(({ name, type }) => pyTuple([pyText(name), pyText(typeName(type))])));
}

/** The text of a type; records are written out in it, which casts have no use for. */
function typeName(type: DataType): string {
  switch (type.kind) {
    case "array":
      return `array<${typeName(type.element)}>`;
    case "map":
      return `map<${typeName(type.key)},${typeName(type.value)}>`;
    case "record":
      return `struct<${type.fields.map((field) => `${field.name}:${typeName(field.type)}`).join(",")}>`;
    default:
      return plainTypeText(type) ?? internalError("E9007", `no type of Spark stands for ${typeText(type)}`);
  }
}
