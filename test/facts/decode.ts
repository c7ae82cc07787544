import type { DataType } from "../../compiler/ir/types/data-type.ts";
import { tryDateFromText } from "../../runtime/functions/cast-date.ts";
import { tryDecimalFromText } from "../../runtime/functions/cast-decimal.ts";
import { canonicalInteger } from "../../runtime/functions/exact-integer.ts";
import type { RuntimeValue } from "../../runtime/functions/runtime-value.ts";
import { tryTimestampFromText } from "../../runtime/functions/cast-timestamp.ts";
import { untranslatable } from "./untranslatable.ts";

/** The runtime's value of an encoded one (see README.md), read as a value of `type`. */
export function decode(encoded: unknown, type: DataType): RuntimeValue {
  if (encoded === null || (typeof encoded === "string" && encoded.startsWith("null:"))) return null;
  const text = typeof encoded === "string" ? encoded.replace(/^(?:bigint|float|double|decimal\(\d+,\d+\)|date|timestamp|interval|string|binary):/, "") : "";
  switch (type.kind) {
    case "boolean":
      return encoded === true;
    case "int":
      return Number(encoded);
    case "long":
      return typeof encoded === "number" ? encoded : canonicalInteger(BigInt(text));
    case "float":
      return Math.fround(Number(text));
    case "double":
      return Number(text);
    case "decimal":
      return tryDecimalFromText(text, 38, type.scale) ?? untranslatable(`the decimal ${text}`);
    case "string":
      return typeof encoded === "string" ? encoded.replace(/^string:/, "") : String(encoded);
    case "date":
      return tryDateFromText(text.replace(/^\+/, "")) ?? untranslatable(`the date ${text}`);
    case "timestamp":
      return tryTimestampFromText(text.replace(/^\+/, "")) ?? untranslatable("a timestamp that cannot be held");
    case "duration":
      return decodeInterval(text);
    case "binary":
      return new Uint8Array(Buffer.from(text, "base64"));
    case "array":
      return Array.isArray(encoded) ? encoded.map((item: unknown) => decode(item, type.element)) : untranslatable("a value that is no array");
    case "record":
      return Object.fromEntries(type.fields.map((field) => [field.name, decode(Reflect.get(Object(encoded), field.name) ?? null, field.type)]));
    case "map": {
      const entries: unknown = Reflect.get(Object(encoded), "map");
      if (!Array.isArray(entries)) return untranslatable("a value that is no map");
      return new Map(entries.map((entry: unknown) => [decode(Reflect.get(Object(entry), 0), type.key), decode(Reflect.get(Object(entry), 1), type.value)] as const));
    }
    default:
      return untranslatable(`a value of ${type.kind}`);
  }
}

/** Whether a value is the expected one: NaN as NaN, −0 apart from 0, doubles within a relative `tolerance` (0: bit for bit), or as a rule says. */
export function agrees(actual: unknown, expected: RuntimeValue, tolerance: number | ((actual: number, expected: number) => boolean) = 0): boolean {
  if (typeof actual === "number" && typeof expected === "number") {
    if (typeof tolerance === "function") return tolerance(actual, expected);
    return Object.is(actual, expected) || (tolerance > 0 && actual !== expected && Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected)));
  }
  if (expected === null || typeof expected !== "object") return actual === expected;
  if (expected instanceof Uint8Array) return actual instanceof Uint8Array && Buffer.compare(actual, expected) === 0;
  if (isList(expected)) return Array.isArray(actual) && actual.length === expected.length && expected.every((item, at) => agrees(actual[at], item, tolerance));
  if (isMap(expected)) return actual instanceof Map && agrees(entriesOf(actual), entriesOf(expected), tolerance);
  if (typeof actual !== "object" || actual === null) return false;
  const names = Object.keys(expected);
  return Object.keys(actual).length === names.length && names.every((name) => Object.hasOwn(actual, name) && agrees(Reflect.get(actual, name), expected[name] ?? null, tolerance));
}

function isMap(value: RuntimeValue): value is ReadonlyMap<RuntimeValue, RuntimeValue> {
  return value instanceof Map;
}

/** Keys and values in their order. */
function entriesOf(map: ReadonlyMap<RuntimeValue, RuntimeValue>): readonly RuntimeValue[] {
  return [...map].map(([key, value]): RuntimeValue => [key, value]);
}

function isList(value: RuntimeValue): value is readonly RuntimeValue[] {
  return Array.isArray(value);
}

/** `INTERVAL '-1 12:30:00.5' DAY TO SECOND` and its shorter forms, in microseconds. */
export function decodeInterval(text: string): number {
  const match = /^(?:INTERVAL )?(-?)'(-?)([^']*)' (DAY|HOUR|MINUTE|SECOND)(?: TO (?:HOUR|MINUTE|SECOND))?$/i.exec(text.trim());
  if (match === null) return untranslatable("an interval of months");
  const [, outer, inner, body = "", first = ""] = match;
  const [days, clock] = first.toUpperCase() === "DAY" ? (body.includes(" ") ? body.split(" ") : [body, ""]) : ["0", body];
  const parts = (clock ?? "").split(":").map(Number);
  const padded = first.toUpperCase() === "DAY" || first.toUpperCase() === "HOUR" ? parts : first.toUpperCase() === "MINUTE" ? [0, ...parts] : [0, 0, ...parts];
  const [hours = 0, minutes = 0, seconds = 0] = padded;
  const size = Number(days) * 86_400_000_000 + Math.round((hours * 3600 + minutes * 60) * 1e6 + seconds * 1e6);
  return (outer === "-") === (inner === "-") ? size : -size;
}
