import type { LiteralValue } from "../../ir/expr/literal-value.ts";
import type { OptionSpec } from "./connector.ts";

/** A check for an integer option: `name` must be `least` or more. */
export function atLeast(name: string, least: number): NonNullable<OptionSpec["check"]> {
  return (value: LiteralValue) => ((typeof value === "number" || typeof value === "bigint") && value < least ? `\`${name}\` must be ${least} or more, found ${value}` : undefined);
}
