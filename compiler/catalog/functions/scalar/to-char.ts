import { callCode, type Code, nullCode, numberCode, runtime } from "../../../code/index.ts";
import { binaryFormats } from "../../../../runtime/functions/text/unhex-text.ts";
import { binaryType, decimalType, stringType } from "../../../ir/types/data-type.ts";
import { decimalFor } from "../../types/decimal-types.ts";
import { constantNumberPattern, numberFormatCode } from "../number-pattern.ts";
import { poisoned, resolved, wrongArity, wrongType, wrongValue } from "../operand.ts";
import { anyNullable, argumentAt, constantText } from "../resolution.ts";
import type { EmittedArgument, ScalarFunction } from "../scalar-function.ts";
import type { Operand, Resolution } from "../signature.ts";
import { dateFormat } from "./date-format.ts";

/** A number, a time or bytes as a text, by a pattern. */
export const toChar: ScalarFunction = {
  name: "to_char",
  aliases: ["to_varchar"],
  summary: "A number as a text by a constant pattern of `0 9 . D , G $ S MI PR` (`#` where it has no room), a date or timestamp by a datetime pattern, or bytes as hex, base64 or utf-8.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    const [value, format] = operands;
    if (value === undefined || format === undefined || operands.length !== 2) return wrongArity("2 arguments");
    const refused = poisoned(operands);
    if (refused !== undefined) return refused;
    const { kind } = value.type;
    if (kind === "date" || kind === "timestamp") return dateFormat.resolve(operands);
    if (kind === "binary") return resolveBytes(operands, format);
    const type = kind === "string" || kind === "null" ? decimalType(38, 18) : decimalFor(value.type);
    if (type === undefined) return wrongType(0, "a number, a date, a timestamp or bytes");
    const pattern = constantNumberPattern(format, 1);
    if (pattern !== null && "refused" in pattern) return pattern.refused;
    return resolved([type, stringType], stringType, anyNullable(operands));
  },
  canFail: (args, result, constants) => (args[0]?.kind === "timestamp" || args[0]?.kind === "date" ? dateFormat.canFail(args, result, constants) : args[0]?.kind === "binary"),
  emit(args, result, services) {
    const [value, format] = [argumentAt(args, 0), argumentAt(args, 1)];
    if (value.type.kind === "timestamp" || value.type.kind === "date") return dateFormat.emit(args, result, services);
    if (constantText(format) === undefined) return nullCode;
    if (value.type.kind === "binary") return bytesCode(value, constantText(format) ?? "");
    return callCode(runtime("textFromNumber"), value.code, numberCode(value.type.kind === "decimal" ? value.type.scale : 0), numberFormatCode(format, services));
  },
};

function resolveBytes(operands: readonly Operand[], format: Operand): Resolution {
  const text = constantText(format);
  if (text === undefined && format.type.kind !== "null") return wrongValue(1, "the format must be a constant");
  if (text !== undefined && !binaryFormats.includes(text.toLowerCase())) return wrongValue(1, `\`${text}\` is none of the formats ${binaryFormats.join(", ")}`);
  return resolved([binaryType, stringType], stringType, anyNullable(operands));
}

function bytesCode(value: EmittedArgument, format: string): Code {
  switch (format.toLowerCase()) {
    case "hex":
      return callCode(runtime("hexBytes"), value.code);
    case "base64":
      return callCode(runtime("base64Text"), value.code);
    default:
      return callCode(runtime("textFromBytes"), value.code);
  }
}
