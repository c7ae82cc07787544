import { fixedUnits, monthUnits } from "../../../runtime/functions/datetime/timestamp-units.ts";
import { wrongValue } from "./operand.ts";
import { constantText } from "./resolution.ts";
import type { EmittedArgument } from "./scalar-function.ts";
import type { Operand, Resolution } from "./signature.ts";

/** A unit of time: of a fixed length in microseconds, or of the calendar in months. */
export interface DatetimeUnit {
  readonly kind: "fixed" | "months";
  readonly size: number;
}

/** The unit that a constant text names (`day`, `month` …; Spark's DateTimeUtils.timestampAdd). */
export function unitOf(argument: Operand | EmittedArgument | undefined): DatetimeUnit | undefined {
  const name = constantText(argument)?.toUpperCase() ?? "";
  const fixed = fixedUnits.get(name);
  if (fixed !== undefined) return { kind: "fixed", size: fixed };
  const months = monthUnits.get(name);
  return months === undefined ? undefined : { kind: "months", size: months };
}

/** What is wrong with the unit of a call; undefined where nothing is. */
export function unitProblem(operand: Operand | undefined): Resolution | undefined {
  if (operand?.type.kind === "error" || unitOf(operand) !== undefined) return undefined;
  const names = [...fixedUnits.keys(), ...monthUnits.keys()].map((name) => `"${name.toLowerCase()}"`).join(", ");
  return wrongValue(0, `the unit is a constant, one of ${names}`);
}
