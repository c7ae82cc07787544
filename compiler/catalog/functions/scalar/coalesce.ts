import { binary } from "../../../code/index.ts";
import { internalError } from "../../../diagnostics/internal-error.ts";
import { commonType } from "../../types/common-type.ts";
import { poisoned, resolved, wrongArity, wrongType } from "../operand.ts";
import type { ScalarFunction } from "../scalar-function.ts";

export const coalesce: ScalarFunction = {
  name: "coalesce",
  aliases: ["ifnull", "nvl"],
  summary: "The first value that is not null; those behind it are not evaluated (Spark's Coalesce).",
  volatility: "immutable",
  resolve(operands) {
    if (operands.length === 0) return wrongArity("at least 1 argument");
    const refused = poisoned(operands);
    if (refused !== undefined) return refused;
    const types = operands.map((operand) => operand.type);
    const type = commonType(types);
    if (type === undefined) return wrongType(types.findIndex((other, index) => commonType([...types.slice(0, index), other]) === undefined), "a value of one type with the others");
    return resolved(types.map(() => type), type, operands.every((operand) => operand.nullable));
  },
  nulls: "custom",
  canFail: () => false,
  emit(args) {
    const decided = args.findIndex((arg) => !arg.nullable);
    const [first, ...rest] = decided < 0 ? args : args.slice(0, decided + 1);
    return first === undefined ? internalError("E9003", "coalesce without arguments") : rest.reduce((code, arg) => binary("??", code, arg.code), first.code);
  },
};
