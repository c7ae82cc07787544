import { arrow, callCode, conditional, isSimple, nullCode, runtime, type Code } from "../../../code/index.ts";
import { stringType } from "../../../ir/types/data-type.ts";
import { commonType } from "../../types/common-type.ts";
import { isOrderable } from "../../types/orderable.ts";
import { charsetFunction } from "../charset-function.ts";
import { distinctCode } from "../compare-code.ts";
import { poisoned, resolved, wrongType } from "../operand.ts";
import { argumentAt } from "../resolution.ts";
import type { EmittedArgument, EmitServices, ScalarFunction } from "../scalar-function.ts";
import type { Operand, Resolution } from "../signature.ts";

const ofCharset = charsetFunction("decode", "decodeBytes", ["bytes", "text"], "", stringType);

/** Bytes in a character set as a text; with more than two arguments the result beside the first search value that equals the first argument. */
export const decode: ScalarFunction = {
  name: "decode",
  summary: "Bytes in a character set as a text; or, of `decode(x, search, result, …, other)`, the result beside the first search value that equals x, null being equal to itself.",
  volatility: "immutable",
  nulls: "custom",
  resolve: (operands) => (operands.length <= 2 ? ofCharset.resolve(operands) : resolveChoice(operands)),
  canFail: (args) => args.length === 2,
  emit(args, _result, services) {
    if (args.length > 2) return choiceCode(args, services);
    const [bytes, charset] = [argumentAt(args, 0), argumentAt(args, 1)];
    return callCode(runtime(bytes.nullable || charset.nullable ? "decodeIfPresent" : "decodeBytes"), bytes.code, charset.code);
  },
};

function resolveChoice(operands: readonly Operand[]): Resolution {
  const refused = poisoned(operands);
  if (refused !== undefined) return refused;
  const searched = commonType(operands.filter((_, at) => isSearched(at, operands.length)).map((operand) => operand.type));
  if (searched === undefined || !isOrderable(searched)) return wrongType(1, "values that compare with the first");
  const results = operands.filter((_, at) => !isSearched(at, operands.length));
  const result = commonType(results.map((operand) => operand.type));
  if (result === undefined) return wrongType(2, "results of one type");
  const hasOther = operands.length % 2 === 0;
  return resolved(operands.map((_, at) => (isSearched(at, operands.length) ? searched : result)), result, !hasOther || results.some((operand) => operand.nullable));
}

/** Whether an argument is the value or a search value, not a result. */
function isSearched(at: number, count: number): boolean {
  return at === 0 || (at % 2 === 1 && at < count - 1);
}

function choiceCode(args: readonly EmittedArgument[], services: EmitServices): Code {
  const value = argumentAt(args, 0);
  const name = isSimple(value.code) ? value.code : services.localName("decoded");
  let made = args.length % 2 === 0 ? argumentAt(args, args.length - 1).code : nullCode;
  for (let at = args.length - (args.length % 2 === 0 ? 3 : 2); at > 0; at -= 2) {
    made = conditional(distinctCode({ code: name, constant: value.constant }, argumentAt(args, at), value.type, true, services), argumentAt(args, at + 1).code, made);
  }
  return isSimple(value.code) ? made : callCode(runtime("withValue"), value.code, arrow([name], made));
}
