import { objectCode } from "../../code/build.ts";
import { Code, Precedence } from "../../code/code.ts";
import { booleanCode, numberCode, stringCode } from "../../code/literal.ts";
import type { FormatOptions } from "../../ir/logical/input.ts";

/** The options that decide where a record ends. */
const framing: ReadonlySet<string> = new Set(["separator", "quote", "escape", "comment", "ignoreLeadingWhiteSpace", "multiLine"]);

/** Options that change what is read where a reader speculates on plain fields; with them every record is decoded exactly. */
const exactOptions = ["comment", "ignoreLeadingWhiteSpace", "ignoreTrailingWhiteSpace", "dateFormat", "timestampFormat"];

/**
 * The byte that separates fields, for a reader that speculates on a dialect like RFC 4180's; undefined where the options ask for
 * something else, or numbers could stand for something else.
 */
export function speculativeSeparator(options: FormatOptions): number | undefined {
  const separator = options["separator"] ?? ",";
  const isUsual =
    typeof separator === "string" && /^[\t !#-~]$/.test(separator) &&
    (options["quote"] ?? '"') === '"' &&
    ['"', "\\"].includes(String(options["escape"] ?? '"')) &&
    (options["nullValue"] ?? "") === "" &&
    !exactOptions.some((name) => (options[name] ?? false) !== false) &&
    !["nanValue", "positiveInf", "negativeInf"].some((name) => /^-?\d/.test(String(options[name] ?? "")));
  return isUsual ? separator.charCodeAt(0) : undefined;
}

/** Options as an argument: `{ header: true }`; undefined where there are none. */
export function formatOptionsCode(options: FormatOptions, only: (name: string) => boolean = () => true): Code | undefined {
  const entries = Object.entries(options).filter(([name]) => only(name));
  return entries.length === 0 ? undefined : objectCode(entries.map(([name, value]) => [name, valueCode(value)]));
}

/** Those that decide where a record ends. */
export function framingOptionsCode(options: FormatOptions): Code | undefined {
  return formatOptionsCode(options, (name) => framing.has(name));
}

function valueCode(value: FormatOptions[string]): Code {
  if (typeof value === "string") return stringCode(value);
  return typeof value === "boolean" ? booleanCode(value) : typeof value === "number" ? numberCode(value) : new Code("undefined", Precedence.primary, []);
}
