import { callCode, numberCode, runtime } from "../../../code/index.ts";
import { arrayType, stringType } from "../../../ir/types/data-type.ts";
import { patternCode } from "../regex/pattern-code.ts";
import { argumentAt } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";
import { hasConstantGroup, regexpExtract } from "./regexp-extract.ts";

/** A group of every match of a regular expression. */
export const regexpExtractAll: ScalarFunction = {
  name: "regexp_extract_all",
  summary: "A group (1 unless said) of every match of a regular expression; empty strings where it took no part.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    const resolution = regexpExtract.resolve(operands);
    return resolution.ok ? { ...resolution, type: arrayType(stringType, false) } : resolution;
  },
  canFail: (args, _result, constants) => !hasConstantGroup(args.length, constants),
  emit(args, _result, services) {
    const group = args[2]?.code ?? numberCode(1);
    return callCode(runtime("extractGroups"), argumentAt(args, 0).code, patternCode(argumentAt(args, 1), services), group);
  },
};
