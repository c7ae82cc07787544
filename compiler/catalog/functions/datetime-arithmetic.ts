import { callCode, type Code, numberCode, runtime } from "../../code/index.ts";
import { internalError } from "../../diagnostics/internal-error.ts";
import { type DataType, dateType, durationType, intType, timestampType } from "../../ir/types/data-type.ts";
import { resolvedStrict } from "./operand.ts";
import type { EmitServices, EmittedArgument } from "./scalar-function.ts";
import type { Operand, Resolution } from "./signature.ts";
import { zoneArgument } from "./zone-code.ts";

const microsPerDay = 86_400_000_000;

/**
 * `+` and `-` where dates, timestamps or durations take part (Spark's BinaryArithmeticWithDatetimeResolver); undefined where
 * they do not, or not so. A date and a constant duration of whole days make a date, with another duration a timestamp.
 */
export function resolveDatetime(operator: "+" | "-", operands: readonly Operand[], left: Operand, right: Operand): Resolution | undefined {
  const kinds = `${left.type.kind} ${operator} ${right.type.kind}`;
  switch (kinds) {
    case "timestamp + duration":
    case "timestamp - duration":
    case "timestamp + null":
      return resolvedStrict(operands, [timestampType, durationType], timestampType);
    case "duration + timestamp":
    case "null + timestamp":
      return resolvedStrict(operands, [durationType, timestampType], timestampType);
    case "date + duration":
    case "date - duration":
      return isWholeDays(right) ? resolvedStrict(operands, [dateType, durationType], dateType) : resolvedStrict(operands, [timestampType, durationType], timestampType);
    case "duration + date":
      return isWholeDays(left) ? resolvedStrict(operands, [durationType, dateType], dateType) : resolvedStrict(operands, [durationType, timestampType], timestampType);
    case "date + int":
    case "date - int":
    case "date + null":
      return resolvedStrict(operands, [dateType, intType], dateType);
    case "int + date":
    case "null + date":
      return resolvedStrict(operands, [intType, dateType], dateType);
    case "duration + duration":
    case "duration - duration":
    case "duration + null":
    case "duration - null":
    case "null + duration":
    case "null - duration":
      return resolvedStrict(operands, [durationType, durationType], durationType);
    case "timestamp - timestamp":
    case "timestamp - date":
    case "date - timestamp":
    case "date - date":
    case "timestamp - string":
    case "string - timestamp":
    case "date - string":
    case "string - date":
    case "timestamp - null":
    case "null - timestamp":
    case "date - null":
    case "null - date":
      return resolvedStrict(operands, [timestampType, timestampType], durationType);
    default:
      return undefined;
  }
}

/** The code of a sum or difference that `resolveDatetime` typed. */
export function emitDatetime(operator: "+" | "-", args: readonly EmittedArgument[], result: DataType, services: EmitServices): Code {
  const [left, right] = args;
  if (left === undefined || right === undefined) return internalError("E9003", `${operator} without two operands`);
  if (result.kind !== "date") return emitMicros(operator, left, right, zoneArgument(services));
  const [date, days] = left.type.kind === "date" ? [left, right] : [right, left];
  if (days.type.kind === "duration" && typeof days.constant?.value === "number") {
    return callCode(runtime("addDays"), date.code, numberCode(((operator === "-" ? -1 : 1) * days.constant.value) / microsPerDay));
  }
  return callCode(runtime(operator === "+" ? "addDays" : "subtractDays"), date.code, days.code);
}

/** In a zone other than UTC days are the local calendar's (DateTimeUtils.timestampAddDayTime, subtractTimestamps). */
function emitMicros(operator: "+" | "-", left: EmittedArgument, right: EmittedArgument, zone: readonly Code[]): Code {
  const [first, second] = right.type.kind === "timestamp" && left.type.kind === "duration" ? [right, left] : [left, right];
  if (zone.length === 0 || first.type.kind === "duration") return callCode(runtime(operator === "+" ? "addMicros" : "subtractMicros"), left.code, right.code);
  if (second.type.kind === "timestamp") return callCode(runtime("localDifference"), second.code, first.code, ...zone);
  return callCode(runtime(operator === "+" ? "addDuration" : "subtractDuration"), first.code, second.code, ...zone);
}

/** A bare null counts: the date keeps its type. */
function isWholeDays(operand: Operand): boolean {
  const value = operand.constant?.value;
  return value === null || (typeof value === "number" && value % microsPerDay === 0);
}
