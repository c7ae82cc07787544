import { arrayCode, arrow, binary, callCode, code, type Code, method, runtime, Scope, trueCode } from "../../../code/index.ts";
import { internalError } from "../../../diagnostics/internal-error.ts";
import { booleanType } from "../../../ir/types/data-type.ts";
import { commonType } from "../../types/common-type.ts";
import { isOrderable } from "../../types/orderable.ts";
import { equalCode } from "../compare-code.ts";
import { poisoned, resolvedStrict, wrongArity, wrongType } from "../operand.ts";
import type { EmitServices, EmittedArgument, ScalarFunction } from "../scalar-function.ts";

export const inOperator: ScalarFunction = {
  name: "in",
  summary: "Whether the first value equals one of the others; null where it equals none and one of them is null (Spark's In).",
  volatility: "immutable",
  resolve(operands) {
    if (operands.length < 2) return wrongArity("a value and at least one item");
    const refused = poisoned(operands);
    if (refused !== undefined) return refused;
    const type = commonType(operands.map((operand) => operand.type));
    if (type === undefined || !isOrderable(type)) return wrongType(1, `items that compare with ${operands[0]?.type.kind ?? "the value"}`);
    return resolvedStrict(operands, operands.map(() => type), booleanType);
  },
  nulls: "custom",
  canFail: () => false,
  emit(args, _result, services) {
    const [value, ...items] = args;
    if (value === undefined) return internalError("E9003", "in without an operand");
    const { kind } = value.type;
    if (kind === "array" || kind === "record" || kind === "binary") return byContent(value, items, services);
    const list = arrayCode(items.map((item) => item.code));
    if (value.nullable || items.some((item) => item.nullable)) return callCode(runtime("inList"), value.code, isConstant(items) ? services.constant("items", list) : list);
    if (!isConstant(items)) return method(list, "includes", value.code);
    const isExact = kind === "long" || kind === "decimal";
    if (items.length < 3 && !isExact) return method(list, "includes", value.code);
    // A set of the literals' own type would not take a bigint.
    return method(services.constant("items", isExact ? code`new Set<number | bigint>(${list})` : code`new Set(${list})`), "has", value.code);
  },
};

function isConstant(items: readonly EmittedArgument[]): boolean {
  return items.every((item) => item.constant !== undefined);
}

function byContent(value: EmittedArgument, items: readonly EmittedArgument[], services: EmitServices): Code {
  const scope = new Scope();
  const [left, right] = [scope.name("value"), scope.name("item")];
  const equals = arrow([left, right], equalCode({ code: left, constant: undefined }, { code: right, constant: undefined }, value.type, services));
  const found = callCode(runtime("inListBy"), value.code, arrayCode(items.map((item) => item.code)), equals);
  return value.nullable || items.some((item) => item.nullable) ? found : binary("===", found, trueCode);
}
