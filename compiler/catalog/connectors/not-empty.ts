import type { OptionSpec } from "./connector.ts";

/** A check for an option that is a text: `name` must hold something. */
export function notEmpty(name: string): NonNullable<OptionSpec["check"]> {
  return (value) => (value === "" ? `\`${name}\` is empty` : undefined);
}
