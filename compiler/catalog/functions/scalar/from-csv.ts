import { callCode, objectCode, runtime } from "../../../code/index.ts";
import { stringType } from "../../../ir/types/data-type.ts";
import { csv } from "../../formats/csv.ts";
import { typeDescriptorCode } from "../../types/type-descriptor-code.ts";
import { nullableThroughout } from "../nullable-throughout.ts";
import { resolved, wrongArity, wrongType, wrongValue } from "../operand.ts";
import { isFailFast, optionPairs } from "../option-pairs.ts";
import { argumentAt, fitsParameter } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";
import { zoneArgumentFor } from "../zone-code.ts";

const usage = "a text and a schema: from_csv(text, Schema) or from_csv(text as { … })";

/** A record read from one line of CSV. */
export const fromCsv: ScalarFunction = {
  name: "from_csv",
  summary: "A record read from one record of CSV, its fields by position; every field may be null, and is null where the text does not fit.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    const [text] = operands;
    if (text?.asType === undefined || operands.length % 2 !== 1) return wrongArity(usage);
    if (!fitsParameter(text.type, "text")) return wrongType(0, "a string");
    const { asType } = text;
    const options = operands.slice(1).map((operand) => operand.type);
    if (asType.kind === "error") return resolved([stringType, ...options], asType, true);
    if (asType.kind !== "record") return wrongValue(0, "from_csv reads a record");
    const nested = asType.fields.find((field) => csv.lacks?.(field.type) !== undefined);
    if (nested !== undefined) return wrongValue(0, `CSV has no form for the type of the field \`${nested.name}\``);
    return resolved([stringType, ...options], nullableThroughout(asType), text.nullable);
  },
  canFail: (_args, _result, constants) => isFailFast(constants),
  emit(args, result, services) {
    const pairs = optionPairs(args.slice(1));
    const zone = zoneArgumentFor(result, services);
    const options = pairs.length === 0 && zone.length === 0 ? [] : [objectCode(pairs)];
    const type = services.constant("shape", callCode(runtime("csvType"), typeDescriptorCode(result, false), ...options, ...zone));
    return callCode(runtime("fromCsv"), argumentAt(args, 0).code, type);
  },
};
