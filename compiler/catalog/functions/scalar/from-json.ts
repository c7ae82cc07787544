import { callCode, runtime } from "../../../code/index.ts";
import { stringType } from "../../../ir/types/data-type.ts";
import { typeDescriptorCode } from "../../types/type-descriptor-code.ts";
import { nullableThroughout } from "../nullable-throughout.ts";
import { resolved, wrongArity, wrongType, wrongValue } from "../operand.ts";
import { argumentAt, fitsParameter, never } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** A record or array read from JSON text. */
export const fromJson: ScalarFunction = {
  name: "from_json",
  summary: "A record or array read from JSON text; every field at any depth may be null, and is null where the text does not fit.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    const [text] = operands;
    if (text === undefined || operands.length !== 1) return wrongArity("a text and a schema: from_json(text, Schema) or from_json(text as { … })");
    if (!fitsParameter(text.type, "text")) return wrongType(0, "a string");
    const { asType } = text;
    if (asType === undefined) return wrongArity("a text and a schema: from_json(text, Schema) or from_json(text as { … })");
    if (asType.kind === "error") return resolved([stringType], asType, true);
    if (asType.kind !== "record" && asType.kind !== "array") return wrongValue(0, "from_json reads a record or an array");
    return resolved([stringType], nullableThroughout(asType), true);
  },
  canFail: never,
  emit(args, result, services) {
    const shape = services.constant("shape", callCode(runtime("jsonType"), typeDescriptorCode(result, true)));
    return callCode(runtime("fromJson"), argumentAt(args, 0).code, shape);
  },
};
