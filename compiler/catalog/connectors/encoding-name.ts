import type { OptionSpec } from "./connector.ts";

/** A name that the platform's decoder of texts knows (WHATWG Encoding: `ISO-8859-1`, `UTF-16LE`, `windows-1252` …). */
export const encodingName: NonNullable<OptionSpec["check"]> = (value) => {
  if (typeof value !== "string") return undefined;
  try {
    new TextDecoder(value);
    return undefined;
  } catch {
    return `there is no encoding ${JSON.stringify(value)}`;
  }
};
