import type { OptionSpec } from "../connectors/connector.ts";

type Check = NonNullable<OptionSpec["check"]>;

/** An option that is one ASCII character, or nothing where that is `allowed`. */
export function oneCharacter(name: string, emptyIsAllowed = false): Check {
  return (value) => {
    if (typeof value !== "string" || /^[\t -~]$/.test(value) || (emptyIsAllowed && value === "")) return undefined;
    return `\`${name}\` is one ASCII character, found ${JSON.stringify(value)}`;
  };
}

/** A text that is not empty and holds no line end. */
export function textOnOneLine(name: string): Check {
  return (value) => (typeof value === "string" && (value === "" || /[\r\n]/.test(value)) ? `\`${name}\` is a text on one line, found ${JSON.stringify(value)}` : undefined);
}
