import { callCode, runtime } from "../../../code/index.ts";
import { stringType } from "../../../ir/types/data-type.ts";
import { jsonShapeCode } from "../json-text-options.ts";
import { nullableThroughout } from "../nullable-throughout.ts";
import { isFailFast } from "../option-pairs.ts";
import { resolved, wrongArity, wrongType, wrongValue } from "../operand.ts";
import { argumentAt, fitsParameter } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** A record, array or map read from JSON text. */
export const fromJson: ScalarFunction = {
  name: "from_json",
  summary: "A record, array or map read from JSON text; every field at any depth may be null, and is null where the text does not fit.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    const [text] = operands;
    if (text === undefined || operands.length % 2 !== 1) return wrongArity("a text and a schema: from_json(text, Schema) or from_json(text as { … })");
    if (!fitsParameter(text.type, "text")) return wrongType(0, "a string");
    const { asType } = text;
    const options = operands.slice(1).map((operand) => operand.type);
    if (asType === undefined) return wrongArity("a text and a schema: from_json(text, Schema) or from_json(text as { … })");
    if (asType.kind === "error") return resolved([stringType, ...options], asType, true);
    if (asType.kind !== "record" && asType.kind !== "array" && asType.kind !== "map") return wrongValue(0, "from_json reads a record, an array or a map");
    return resolved([stringType, ...options], nullableThroughout(asType), true);
  },
  canFail: (_args, _result, constants) => isFailFast(constants),
  emit: (args, result, services) => callCode(runtime("fromJson"), argumentAt(args, 0).code, jsonShapeCode(result, true, args.slice(1), services)),
};
