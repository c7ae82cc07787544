import type { OptionSpec } from "./connector.ts";

/** A check for an option that counts time: `name` must be above zero. */
export function aboveZero(name: string): NonNullable<OptionSpec["check"]> {
  return (value) => (typeof value === "number" && value <= 0 ? `\`${name}\` must be above zero` : undefined);
}
