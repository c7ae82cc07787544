import { callCode, runtime, stringCode } from "../../../code/index.ts";
import { type FormatKind, textFormat } from "../../../../runtime/functions/text/text-format.ts";
import { type DataType, stringType } from "../../../ir/types/data-type.ts";
import { poisoned, resolved, wrongArity, wrongType, wrongValue } from "../operand.ts";
import { argumentAt, constantText, fitsParameter, unlessConstant } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** Values written by a format of java.util.Formatter. */
export const formatString: ScalarFunction = {
  name: "format_string",
  aliases: ["printf"],
  summary: "Values written by a format of java.util.Formatter (`%5.2f`, `%05d`, `%s`); dates are their days and timestamps their microseconds, as in Spark.",
  volatility: "immutable",
  nulls: "custom",
  resolve(operands) {
    const [format, ...values] = operands;
    if (format === undefined) return wrongArity("at least 1 argument");
    const refused = poisoned(operands);
    if (refused !== undefined) return refused;
    if (!fitsParameter(format.type, "text")) return wrongType(0, "a string");
    const kinds: FormatKind[] = [];
    for (const [at, { type }] of values.entries()) {
      const kind = formatKind(type);
      if (kind === undefined) return wrongType(at + 1, "a number, a string, a boolean or a time");
      kinds.push(kind);
    }
    const problem = formatProblem(constantText(format), kinds);
    return problem === undefined ? resolved([stringType, ...values.map((value) => value.type)], stringType, format.nullable) : wrongValue(0, problem);
  },
  canFail: unlessConstant(0),
  emit(args, _result, services) {
    const [format, ...values] = [argumentAt(args, 0), ...args.slice(1)];
    const kinds = values.map((value) => stringCode(formatKind(value.type) ?? "string"));
    const codes = values.map((value) => value.code);
    if (constantText(format) !== undefined) return callCode(services.constant("format", callCode(runtime("textFormat"), format.code, ...kinds)), ...codes);
    if (!format.nullable) return callCode(callCode(runtime("textFormat"), format.code, ...kinds), ...codes);
    return callCode(callCode(runtime("textFormatIfPresent"), format.code, ...kinds), ...codes);
  },
};

function formatKind(type: DataType): FormatKind | undefined {
  switch (type.kind) {
    case "date":
      return "int";
    case "timestamp":
    case "duration":
      return "long";
    case "decimal":
      return `decimal(${type.precision},${type.scale})`;
    case "boolean":
    case "int":
    case "long":
    case "float":
    case "double":
    case "string":
    case "null":
      return type.kind;
    default:
      return undefined;
  }
}

/** What is wrong with a constant format: it would fail every row. */
function formatProblem(format: string | undefined, kinds: readonly FormatKind[]): string | undefined {
  if (format === undefined) return undefined;
  try {
    textFormat(format, ...kinds);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
