import { callCode, runtime } from "../../../code/index.ts";
import { arrayType, durationType, type TypeKind } from "../../../ir/types/data-type.ts";
import { commonType } from "../../types/common-type.ts";
import { resolved, wrongArity, wrongType } from "../operand.ts";
import { always, anyNullable } from "../resolution.ts";
import type { ScalarFunction } from "../scalar-function.ts";

/** The whole numbers from one to another by a step (1 or −1 unless said), or the dates or timestamps by a duration (a day), both ends included. */
export const sequence: ScalarFunction = {
  name: "sequence",
  summary: "The whole numbers from one to another by a step (1 or −1 unless said), or the dates or timestamps by a duration (a day), both ends included.",
  volatility: "immutable",
  nulls: "propagate",
  resolve(operands) {
    const [start, stop, step] = operands;
    if (start === undefined || stop === undefined || operands.length > 3) return wrongArity("2 or 3 arguments");
    const type = commonType([start.type, stop.type]);
    if (type === undefined || !(type.kind === "int" || type.kind === "long" || type.kind === "date" || type.kind === "timestamp")) return wrongType(0, "a whole number, a date or a timestamp");
    const isTime = type.kind === "date" || type.kind === "timestamp";
    if (isTime) {
      if (step !== undefined && step.type.kind !== "duration" && step.type.kind !== "null") return wrongType(2, "a duration");
      return resolved([type, type, durationType], arrayType(type, false), anyNullable(operands));
    }
    const number = step === undefined ? type : commonType([type, step.type]);
    if (number?.kind !== "int" && number?.kind !== "long") return wrongType(2, "a whole number");
    return resolved([number, number, number], arrayType(number, false), anyNullable(operands));
  },
  canFail: always,
  emit: (args, result) => callCode(runtime(kernels[result.kind === "array" ? result.element.kind : "int"] ?? "sequenceOf"), ...args.map((arg) => arg.code)),
};

const kernels: Readonly<Partial<Record<TypeKind, string>>> = { long: "sequenceOfLongs", date: "sequenceOfDates", timestamp: "sequenceOfTimestamps" };
