import { callCode, runtime, stringCode } from "../../code/index.ts";
import { binaryFormats } from "../../../runtime/functions/text/unhex-text.ts";
import { binaryType } from "../../ir/types/data-type.ts";
import { wrongValue } from "./operand.ts";
import { argumentAt, constantText, resolveParameters } from "./resolution.ts";
import type { ScalarFunction } from "./scalar-function.ts";

/** `to_binary` and `try_to_binary`: a text and a constant format. */
export function binaryConversion(name: string, kernel: "bytesFromFormat" | "tryBytesFromFormat", summary: string, canFail: ScalarFunction["canFail"]): ScalarFunction {
  return {
    name,
    summary,
    volatility: "immutable",
    nulls: "propagate",
    resolve(operands) {
      const format = operands[1];
      const text = constantText(format);
      if (format !== undefined && text === undefined && format.type.kind !== "null" && format.constant?.value !== null) return wrongValue(1, "the format must be a constant");
      if (text !== undefined && !binaryFormats.includes(text.toLowerCase())) return wrongValue(1, `\`${text}\` is none of the formats ${binaryFormats.join(", ")}`);
      const resolution = resolveParameters(operands, { required: ["text"], optional: ["text"] }, binaryType);
      return resolution.ok && kernel === "tryBytesFromFormat" ? { ...resolution, nullable: true } : resolution;
    },
    canFail,
    emit: (args) => callCode(runtime(kernel), argumentAt(args, 0).code, args[1]?.code ?? stringCode("hex")),
  };
}
