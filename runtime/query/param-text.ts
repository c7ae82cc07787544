import { SluiceRuntimeError } from "../errors/runtime-error.ts";
import { tryBooleanFromText } from "../functions/cast-boolean.ts";
import { tryDateFromText } from "../functions/cast-date.ts";
import { tryDecimalFromText } from "../functions/cast-decimal.ts";
import { tryDoubleFromText, tryFloatFromText } from "../functions/cast-double.ts";
import { tryDurationFromText } from "../functions/cast-duration.ts";
import { tryIntFromText } from "../functions/cast-int.ts";
import { tryLongFromText } from "../functions/cast-long.ts";
import { tryTimestampFromText } from "../functions/cast-timestamp.ts";
import { readDurationWords } from "../time/duration-words-text.ts";
import type { ParamValue } from "./definition.ts";

/**
 * The value of a param that is given as text, by its declared type (`int`, `decimal(9,2)`, `duration?` …). Numbers, timestamps
 * and dates are read as `cast` reads them, timestamps without a zone in the job's; durations in the language's words (`5 minutes`) or
 * in ISO-8601's form. `null` is null where the type allows it. A text that does not fit is R7604.
 */
export function readParamText(name: string, text: string, type: string, timezone: string = "UTC"): ParamValue {
  const nullable = type.endsWith("?");
  if (nullable && text === "null") return null;
  const plain = nullable ? type.slice(0, -1) : type;
  const value = readPlain(text, plain, timezone);
  if (value !== null) return value;
  throw new SluiceRuntimeError({
    code: "R7604",
    what: `the param \`${name}\` is declared ${type}, and ${JSON.stringify(text)} is none`,
    where: `--param ${name}=${text}`,
    how: `give it as in --param ${name}=${exampleOf(plain)}`,
  });
}

function readPlain(text: string, type: string, timezone: string): Exclude<ParamValue, null> | null {
  switch (type) {
    case "string": return text;
    case "int": return tryIntFromText(text);
    case "long": return tryLongFromText(text);
    case "float": return tryFloatFromText(text);
    case "double": return tryDoubleFromText(text);
    case "boolean": return tryBooleanFromText(text);
    case "timestamp": return tryTimestampFromText(text, timezone);
    case "date": return tryDateFromText(text);
    case "duration": return tryDurationFromText(text) ?? readDurationWords(text);
    default: return readDecimal(text, type);
  }
}

function readDecimal(text: string, type: string): number | bigint | null {
  const [, precision, scale] = /^decimal\((\d+),\s*(\d+)\)$/.exec(type) ?? [];
  if (precision === undefined || scale === undefined) throw new SluiceRuntimeError({ code: "R7904", what: `a param is declared as ${type}, which no text can give` });
  return tryDecimalFromText(text, Number(precision), Number(scale));
}

function exampleOf(type: string): string {
  switch (type) {
    case "int":
    case "long": return "42";
    case "float":
    case "double": return "0.5";
    case "boolean": return "true";
    case "timestamp": return "2024-01-31T12:00:00Z";
    case "date": return "2024-01-31";
    case "duration": return '"5 minutes"';
    default: return "1.50";
  }
}
