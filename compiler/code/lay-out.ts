import { objectCode, type ObjectField } from "./build.ts";
import { Code, Precedence } from "./code.ts";

/** An object literal on one line, or one field a line where that would be long. */
export function layOut(fields: readonly ObjectField[], width = 100): Code {
  const short = objectCode(fields);
  if (short.text.length <= width) return short;
  const lines = fields.map((field) => objectCode([field]).text.slice(2, -2).replaceAll("\n", "\n  "));
  return new Code(`{\n${lines.map((line) => `  ${line},`).join("\n")}\n}`, Precedence.primary, short.uses);
}
