import { arrow, callCode, numberCode, runtime, Scope, stringCode } from "../../../code/index.ts";
import { arrayType, intType, mapType, stringType } from "../../../ir/types/data-type.ts";
import { patternProblem } from "../regex/pattern-code.ts";
import { wrongValue } from "../operand.ts";
import { always, argumentAt, resolveParameters } from "../resolution.ts";
import type { EmittedArgument, ScalarFunction } from "../scalar-function.ts";
import { split } from "./split.ts";

/** A map of the parts of a text between separators (a comma unless said), each cut at its first colon (or another separator) into key and value; separators are regular expressions. */
export const strToMap: ScalarFunction = {
  name: "str_to_map",
  summary: "A map of the parts of a text between separators (a comma unless said), each cut at its first colon (or another separator) into key and value; separators are regular expressions.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    for (const at of [1, 2]) {
      const problem = patternProblem(operands[at]);
      if (problem !== undefined) return wrongValue(at, problem);
    }
    return resolveParameters(operands, { required: ["text"], optional: ["text", "text"] }, mapType(stringType, stringType, true));
  },
  canFail: always,
  emit(args, _result, services) {
    const text = argumentAt(args, 0);
    const between = args[1] ?? constant(",");
    const within = args[2] ?? constant(":");
    // The parameter may not hide what the separator names.
    const part = new Scope(within.code.text.match(/[A-Za-z_$][\w$]*/g) ?? []).name("part");
    const limit: EmittedArgument = { code: numberCode(2), nullable: false, type: intType, constant: { value: 2 } };
    const cut = split.emit([{ ...text, code: part }, within, limit], arrayType(stringType, false), services);
    return callCode(runtime("mapFromParts"), split.emit([text, between], arrayType(stringType, false), services), arrow([part], cut));
  },
};

function constant(text: string): EmittedArgument {
  return { code: stringCode(text), nullable: false, type: stringType, constant: { value: text } };
}
