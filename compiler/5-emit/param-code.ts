import { callCode } from "../code/build.ts";
import type { Code } from "../code/code.ts";
import { stringCode } from "../code/literal.ts";
import { runtime } from "../code/runtime-name.ts";
import { internalError } from "../diagnostics/internal-error.ts";
import type { ParamRef } from "../ir/expr/expr.ts";

/** The typed value of a param at start: `stringParam(params, "host")`. */
export function paramCode(param: Pick<ParamRef, "name" | "type" | "nullable">, params: Code): Code {
  const read = runtime(readerOf(param));
  return param.nullable ? callCode(runtime("nullableParam"), read, params, stringCode(param.name)) : callCode(read, params, stringCode(param.name));
}

function readerOf({ name, type }: Pick<ParamRef, "name" | "type">): string {
  switch (type.kind) {
    case "string":
      return "stringParam";
    case "boolean":
      return "booleanParam";
    case "long":
    case "decimal":
      return "longParam";
    case "int":
    case "double":
    case "float":
    case "date":
    case "timestamp":
    case "duration":
      return "numberParam";
    default:
      return internalError("E9006", `the param ${name} has a type that no param can have`);
  }
}
