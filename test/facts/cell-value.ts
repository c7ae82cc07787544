import type { DataType } from "../../compiler/ir/types/data-type.ts";
import { tryDateFromText } from "../../runtime/functions/cast-date.ts";
import { tryDecimalFromText } from "../../runtime/functions/cast-decimal.ts";
import { tryTimestampFromText } from "../../runtime/functions/cast-timestamp.ts";
import { canonicalInteger } from "../../runtime/functions/exact-integer.ts";
import type { RuntimeValue } from "../../runtime/functions/runtime-value.ts";

/** Stands before a name that is written: an object's whole-number names would come first, whatever their order. */
const namePrefix = "\u0001";

/** A number keeps its digits under this name. */
const digitsName = "\u0000digits";

/** The value that a memory sink's JSON text of a column stands for (output: JSON values), in the runtime's representation. */
export function cellValue(json: string, type: DataType): RuntimeValue {
  const withDigits = json.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g, (token, at: number) => {
    if (!token.startsWith('"')) return `{"\\u0000digits":"${token}"}`;
    return json.charAt(at + token.length) === ":" ? `"\\u0001${token.slice(1)}` : token;
  });
  return valueOf(JSON.parse(withDigits), type);
}

function valueOf(node: unknown, type: DataType): RuntimeValue {
  if (node === null || type.kind === "null") return null;
  switch (type.kind) {
    case "boolean":
      return node === true;
    case "int":
      return Number(digits(node));
    case "long":
      return canonicalInteger(BigInt(digits(node)));
    case "double":
      return Number(typeof node === "string" ? node : digits(node));
    case "float":
      return Math.fround(Number(typeof node === "string" ? node : digits(node)));
    case "decimal":
      return tryDecimalFromText(digits(node), 38, type.scale);
    case "string":
      return typeof node === "string" ? node : unexpected(node, type);
    case "date":
      return tryDateFromText(String(node).replace(/^\+/, ""));
    case "timestamp":
      return tryTimestampFromText(String(node).replace(/^\+/, ""));
    case "duration":
      return durationValue(String(node));
    case "binary":
      return new Uint8Array(Buffer.from(String(node), "base64"));
    case "array":
      return Array.isArray(node) ? node.map((item: unknown) => valueOf(item, type.element)) : unexpected(node, type);
    case "record":
      return typeof node === "object" ? Object.fromEntries(type.fields.map(({ name, type: field }) => [name, valueOf(Reflect.get(node, namePrefix + name) ?? null, field)])) : unexpected(node, type);
    case "map":
      return typeof node === "object" ? new Map(Object.entries(node).map(([key, item]) => [keyValue(key.slice(namePrefix.length), type.key), valueOf(item, type.value)] as const)) : unexpected(node, type);
    default:
      return unexpected(node, type);
  }
}

/** A key, which JSON writes as a text whatever its type. */
function keyValue(text: string, type: DataType): RuntimeValue {
  const isText = type.kind === "string" || type.kind === "date" || type.kind === "timestamp" || type.kind === "duration" || type.kind === "binary";
  return valueOf(isText ? text : type.kind === "boolean" ? text === "true" : { [digitsName]: text }, type);
}

function digits(node: unknown): string {
  const text: unknown = typeof node === "object" && node !== null ? Reflect.get(node, digitsName) : undefined;
  return typeof text === "string" ? text : unexpected(node, { kind: "long" });
}

/** `PT26H3M4.5S`, in microseconds. */
function durationValue(text: string): number {
  const match = /^(-?)P(?:(-?\d+)D)?(?:T(?:(-?\d+)H)?(?:(-?\d+)M)?(?:(-?[\d.]+)S)?)?$/.exec(text);
  if (match === null) throw new Error(`${text} is no duration`);
  const [, sign, days = "0", hours = "0", minutes = "0", seconds = "0"] = match;
  const micros = (Number(days) * 86_400 + Number(hours) * 3600 + Number(minutes) * 60) * 1e6 + Math.round(Number(seconds) * 1e6);
  return sign === "-" ? -micros : micros;
}

function unexpected(node: unknown, type: DataType): never {
  throw new Error(`${JSON.stringify(node)} was written for a value of type ${type.kind}`);
}
