import { isUtf8 } from "node:buffer";
import { tryRescaleDecimal } from "../../functions/decimal-arithmetic.ts";
import { decimalText } from "../../functions/decimal-text.ts";
import { canonicalInteger, fitsLong } from "../../functions/exact-integer.ts";
import { uuidText } from "../../functions/uuid-text.ts";
import { heldInstant, isHeldDay, microsOf, type TimeUnit } from "../file-times.ts";
import { signedInteger } from "../signed-integer.ts";
import type { ValueField, ValueType } from "../value-type.ts";
import { avroTypeText, withoutNull, type AvroLogical, type AvroRecord, type AvroType } from "./avro-type.ts";
import { shieldedName, unshieldedName } from "./shielded-names.ts";

/** Makes what the library decoded into the runtime's representation; throws `UnfitValue`. */
export type AvroConversion = (value: unknown) => unknown;

/** A value that its column cannot hold: its record is malformed. */
export class UnfitValue extends Error {}

/** A schema that cannot be read as the declared columns, whatever the values are. */
export class UnfitSchema extends Error {
  /** The column. */
  readonly path: string;

  constructor(path: string, message: string) {
    super(message);
    this.path = path;
  }
}

/** How a field of a record becomes a column; undefined where there is no such field and the column is null. Throws `UnfitSchema`. */
export function fieldConversion(record: AvroRecord, field: ValueField, path: string): AvroConversion | undefined {
  const found = field.name === "__proto__" ? undefined : record.fields.find(({ name }) => name === field.name);
  if (found !== undefined) return conversion(found.type, field.type, path);
  if (field.type.nullable) return undefined;
  throw new UnfitSchema(path, `the schema ${record.name} has no field \`${path}\`, which may not be null`);
}

/** How a value of an Avro type becomes one of a declared type: the promotions of the specification, and logical types in their units. Throws `UnfitSchema`. */
export function conversion(from: AvroType, to: ValueType, path: string): AvroConversion {
  const bare = withoutNull(from);
  if (bare === undefined) throw new UnfitSchema(path, `\`${path}\` is a union of several types in the schema, ${avroTypeText(from)}, which is not supported`);
  const whenNull = to.nullable ? (): null => null : unfit(path, "is null, which it may not be");
  const convert = bare.type.kind === "null" ? (): null => null : present(bare.type, to, path);
  return (value) => (value === null || value === undefined ? whenNull() : convert(value));
}

/** Conversions of values that are there. */
function present(from: AvroType, to: ValueType, path: string): AvroConversion {
  switch (to.kind) {
    case "boolean":
      return from.kind === "boolean" ? same : wrongType(from, to, path);
    case "int":
      return from.kind === "int" ? within(path, (value) => Number.isInteger(value) && Math.abs(Number(value)) <= 2 ** 31 && value !== 2 ** 31, "int") : wrongType(from, to, path);
    case "long":
      return from.kind === "int" || from.kind === "long" ? longValue(path) : wrongType(from, to, path);
    case "float":
      return isNumber(from, "float") ? (value) => Math.fround(Number(value)) : wrongType(from, to, path);
    case "double":
      return isNumber(from, "double") ? Number : wrongType(from, to, path);
    case "decimal":
      return from.kind === "decimal" ? decimalValue(from.scale, to, path) : wrongType(from, to, path);
    case "string":
      return textValue(from, path) ?? wrongType(from, to, path);
    case "binary":
      if (from.kind === "string") return (value) => new TextEncoder().encode(String(value));
      return from.kind === "bytes" || from.kind === "fixed" || from.kind === "decimal" ? ownBytes : wrongType(from, to, path);
    case "date":
      return from.kind === "int" && from.logical === "date" ? within(path, isHeldDay, "date of the years 1 to 9999") : wrongType(from, to, path);
    case "timestamp":
      return timestampValue("logical" in from ? from.logical : undefined, path) ?? wrongType(from, to, path);
    case "duration":
      return durationValue(from, path) ?? wrongType(from, to, path);
    case "array":
      return from.kind === "array" ? arrayValue(conversion(from.items, to.element, `${path}[]`)) : wrongType(from, to, path);
    case "map":
      return from.kind === "map" && to.key.kind === "string" ? mapValue(conversion(from.values, to.value, `${path}[…]`)) : wrongType(from, to, path);
    case "record":
      return from.kind === "record" ? recordValue(from, to, path) : wrongType(from, to, path);
  }
}

const same: AvroConversion = (value) => value;
const ownBytes: AvroConversion = (value) => (value instanceof Uint8Array ? new Uint8Array(value) : value);

function isNumber(from: AvroType, to: "float" | "double"): boolean {
  return from.kind === "int" || from.kind === "long" || from.kind === "float" || (to === "double" && from.kind === "double");
}

function wrongType(from: AvroType, to: ValueType, path: string): never {
  const named = to.kind === "decimal" ? `decimal(${to.precision},${to.scale})` : to.kind;
  const hint = to.kind === "timestamp" && from.kind === "long" ? "; it has no unit: read it as a long" : "";
  throw new UnfitSchema(path, `\`${path}\` is ${avroTypeText(from)} in the schema, which cannot be read as ${named}${hint}`);
}

function unfit(path: string, problem: string): () => never {
  return () => {
    throw new UnfitValue(`\`${path}\` ${problem}`);
  };
}

function within(path: string, holds: (value: unknown) => boolean, type: string): AvroConversion {
  return (value) => (holds(value) ? Number(value) + 0 : unfit(path, `is ${String(value)}, which is no ${type}`)());
}

function longValue(path: string): AvroConversion {
  return (value) => {
    if ((typeof value === "number" && Number.isSafeInteger(value)) || (typeof value === "bigint" && fitsLong(value))) return value;
    return unfit(path, `is ${String(value)}, which is no long`)();
  };
}

function decimalValue(scale: number, to: { readonly precision: number; readonly scale: number }, path: string): AvroConversion {
  const loss = to.scale < scale ? 10n ** BigInt(scale - to.scale) : 1n;
  return (value) => {
    if (!(value instanceof Uint8Array)) return unfit(path, "is no decimal")();
    const exact = signedInteger(value);
    const rescaled = exact % loss === 0n ? tryRescaleDecimal(canonicalInteger(exact), scale, to.precision, to.scale) : null;
    if (rescaled !== null) return rescaled;
    return unfit(path, `is ${value.length > 64 ? `a number of ${value.length} bytes` : decimalText(canonicalInteger(exact), scale)}, which is no decimal(${to.precision},${to.scale})`)();
  };
}

function textValue(from: AvroType, path: string): AvroConversion | undefined {
  switch (from.kind) {
    case "string":
      return same;
    case "enum":
      return from.symbols.some((symbol) => shieldedName(symbol) !== symbol) ? (value) => unshieldedName(String(value)) : same;
    case "bytes":
      return (value) => (value instanceof Uint8Array && isUtf8(value) ? Buffer.from(value).toString("utf8") : unfit(path, "is no valid UTF-8")());
    case "fixed":
      return from.logical === "uuid" ? (value) => (value instanceof Uint8Array ? uuidText(value) : value) : undefined;
    default:
      return undefined;
  }
}

function timestampValue(logical: AvroLogical | undefined, path: string): AvroConversion | undefined {
  switch (logical) {
    case "timestamp-millis":
    case "local-timestamp-millis":
      return time(path, "millis", heldInstant);
    case "timestamp-micros":
    case "local-timestamp-micros":
      return time(path, "micros", heldInstant);
    case "timestamp-nanos":
    case "local-timestamp-nanos":
      return time(path, "nanos", heldInstant);
    default:
      return undefined;
  }
}

function durationValue(from: AvroType, path: string): AvroConversion | undefined {
  const logical = "logical" in from ? from.logical : undefined;
  if (logical === "time-millis") return time(path, "millis", heldDuration);
  // A time of day has no more than a day, so Spark and this language write longs.
  return logical === "time-micros" || (from.kind === "long" && logical === undefined) ? time(path, "micros", heldDuration) : undefined;
}

function heldDuration(micros: bigint): number | string {
  const held = Number(micros);
  return BigInt(held) === micros && fitsLong(canonicalInteger(micros)) ? held : "duration that can be held to the microsecond";
}

/** To microseconds. `held` is asked of those that are no safe integers, and says of what type they are none. */
function time(path: string, unit: TimeUnit, held: (micros: bigint) => number | string): AvroConversion {
  const factor = unit === "millis" ? 1000 : unit === "micros" ? 1 : NaN;
  return (value) => {
    if (typeof value === "number" && Number.isSafeInteger(value * factor)) return value * factor + 0;
    if (typeof value !== "number" && typeof value !== "bigint") return unfit(path, "is no time")();
    const micros = microsOf(BigInt(value), unit);
    const found = held(micros);
    return typeof found === "number" ? found : unfit(path, `is ${micros} microseconds, which is no ${found}`)();
  };
}

function arrayValue(element: AvroConversion): AvroConversion {
  return (value) => (Array.isArray(value) ? value.map((each: unknown) => element(each)) : value);
}

function mapValue(convert: AvroConversion): AvroConversion {
  // Defaults come as objects.
  return (value) => new Map([...(value instanceof Map ? (value as ReadonlyMap<unknown, unknown>) : Object.entries(value as object))].map(([key, each]) => [key, convert(each)]));
}

function recordValue(from: AvroRecord, to: Extract<ValueType, { readonly kind: "record" }>, path: string): AvroConversion {
  const fields = to.fields.flatMap((field) => {
    const convert = fieldConversion(from, field, `${path}.${field.name}`);
    return convert === undefined ? [] : [{ name: field.name, key: shieldedName(field.name), convert }];
  });
  return (value) => {
    const record: Record<string, unknown> = { ...to.empty };
    for (const { name, key, convert } of fields) record[name] = convert((value as Readonly<Record<string, unknown>>)[key]);
    return record;
  };
}

