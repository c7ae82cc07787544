import type { OptionSpec } from "./connector.ts";

/** A check for an option that counts time: `name` may be zero. */
export function notNegative(name: string): NonNullable<OptionSpec["check"]> {
  return (value) => (typeof value === "number" && value < 0 ? `\`${name}\` is negative` : undefined);
}
