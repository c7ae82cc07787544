import {
  arrayType, binaryType, booleanType, dateType, type DataType, decimalType, doubleType, durationType, type Field, floatType, intType, longType, mapType, nullType,
  recordType, stringType, timestampType,
} from "../../compiler/ir/types/data-type.ts";
import { untranslatable } from "./untranslatable.ts";

const scalars: ReadonlyMap<string, DataType> = new Map<string, DataType>([
  ["boolean", booleanType], ["int", intType], ["integer", intType], ["bigint", longType], ["long", longType], ["float", floatType], ["real", floatType], ["double", doubleType],
  ["string", stringType], ["binary", binaryType], ["date", dateType], ["timestamp", timestampType], ["void", nullType], ["interval day to second", durationType],
  ["interval day", durationType], ["interval hour", durationType], ["interval day to hour", durationType],
]);

/** Spark's spelling of a type as Sluice's, everything inside nullable: `array<int>`, `STRUCT<a: INT, b: DECIMAL(5,2)>`. */
export function sparkType(text: string): DataType {
  const trimmed = text.trim();
  const scalar = scalars.get(trimmed.toLowerCase());
  if (scalar !== undefined) return scalar;
  const decimal = /^(?:decimal|numeric|dec)(?:\s*\(\s*(\d+)\s*(?:,\s*(\d+)\s*)?\))?$/i.exec(trimmed);
  if (decimal !== null) return decimalType(Number(decimal[1] ?? 10), Number(decimal[2] ?? 0));
  const array = /^array\s*<(.*)>$/is.exec(trimmed);
  if (array !== null) return arrayType(sparkType(array[1] ?? ""), true);
  const map = /^map\s*<(.*)>$/is.exec(trimmed);
  if (map !== null) {
    const [key = "", value = ""] = splitTop(map[1] ?? "");
    return mapType(sparkType(key), sparkType(value), true);
  }
  const record = /^struct\s*<(.*)>$/is.exec(trimmed);
  if (record !== null) return recordType(sparkFields(record[1] ?? ""));
  return untranslatable(`type ${trimmed.replace(/[(<].*/s, "").toLowerCase()}`);
}

/** The fields of a struct or of a DDL schema: `a INT, b: STRING`. */
export function sparkFields(text: string): readonly Field[] {
  return splitTop(text).map((part) => {
    const match = /^\s*(?:`((?:[^`]|``)*)`|([^\s:`]+))\s*:?\s*(.+)$/s.exec(part);
    if (match === null) return untranslatable("a schema of another form");
    const notNull = /\s+not\s+null\s*$/i.test(match[3] ?? "");
    if (notNull) untranslatable("NOT NULL in a schema");
    return { name: match[1]?.replaceAll("``", "`") ?? match[2] ?? "", type: sparkType((match[3] ?? "").replace(/\s+comment\s+'.*'$/i, "")), nullable: true };
  });
}

function splitTop(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    if (char === "<" || char === "(") depth++;
    else if (char === ">" || char === ")") depth--;
    else if (char === "," && depth === 0) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  const last = text.slice(start);
  return last.trim() === "" ? parts : [...parts, last];
}
