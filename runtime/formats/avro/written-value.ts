import { tryRescaleDecimal } from "../../functions/decimal-arithmetic.ts";
import { decimalText } from "../../functions/decimal-text.ts";
import type { ExactInteger } from "../../functions/exact-integer.ts";
import { toBuffer } from "../compression/to-buffer.ts";
import type { ValueField, ValueType } from "../value-type.ts";
import { avroTypeText, withoutNull, type AvroDecimal, type AvroLogical, type AvroRecord, type AvroType } from "./avro-type.ts";
import { UnfitSchema, UnfitValue, type AvroConversion } from "./avro-value.ts";
import { shieldedName } from "./shielded-names.ts";

/** How rows of these columns become values of a record that the library writes. Fields of the schema that are no columns need a default, which the library sees to. Throws `UnfitSchema`. */
export function writtenRecord(fields: readonly ValueField[], record: AvroRecord, path = ""): (row: unknown) => Readonly<Record<string, unknown>> {
  const columns = fields.map(({ name, type }) => {
    const place = path === "" ? name : `${path}.${name}`;
    const field = name === "__proto__" ? undefined : record.fields.find((each) => each.name === name);
    if (field === undefined) throw new UnfitSchema(place, `the schema ${record.name} has no field \`${place}\``);
    return { name, key: shieldedName(name), convert: written(type, field.type, place) };
  });
  const absent = record.fields.find(({ name, hasDefault }) => !hasDefault && !fields.some((field) => field.name === name));
  if (absent !== undefined) throw new UnfitSchema(path, `the field \`${path === "" ? "" : `${path}.`}${absent.name}\` of the schema ${record.name} has no default, and there is no such column`);
  return (row) => {
    const values: Record<string, unknown> = {};
    for (const { name, key, convert } of columns) values[key] = convert((row as Readonly<Record<string, unknown>>)[name]);
    return values;
  };
}

function written(from: ValueType, to: AvroType, path: string): AvroConversion {
  const bare = withoutNull(to);
  if (bare === undefined) throw new UnfitSchema(path, `\`${path}\` is a union of several types in the schema, ${avroTypeText(to)}, which is not supported`);
  const { nullable } = bare;
  const convert = present(from, bare.type, path);
  return (value) => {
    if (value !== null) return convert(value);
    return nullable ? null : unfit(`\`${path}\` is null, and the schema takes no null`);
  };
}

function unfit(message: string): never {
  throw new UnfitValue(message);
}

const same: AvroConversion = (value) => value;

/** Conversions of values that are there. */
function present(from: ValueType, to: AvroType, path: string): AvroConversion {
  switch (from.kind) {
    case "boolean":
      return to.kind === "boolean" ? same : wrongType(from, to, path);
    case "int":
      return to.kind === "int" || to.kind === "long" || to.kind === "float" || to.kind === "double" ? same : wrongType(from, to, path);
    case "long":
      if (to.kind === "int") return (value) => (Math.abs(Number(value)) <= 0x7fff_ffff ? Number(value) : unfit(`\`${path}\` is ${String(value)}, which is no int`));
      return to.kind === "long" ? same : wrongType(from, to, path);
    case "float":
      return to.kind === "float" || to.kind === "double" ? same : wrongType(from, to, path);
    case "double":
      return to.kind === "double" ? same : wrongType(from, to, path);
    case "decimal":
      return to.kind === "decimal" ? writtenDecimal(from.scale, to, path) : wrongType(from, to, path);
    case "string":
      return writtenText(to, path) ?? wrongType(from, to, path);
    case "binary":
      if (to.kind === "fixed") return (value) => (value instanceof Uint8Array && value.length === to.size ? buffer(value) : unfit(`\`${path}\` has not the ${to.size} bytes of its schema`));
      return to.kind === "bytes" ? buffer : wrongType(from, to, path);
    case "date":
      return to.kind === "int" && to.logical === "date" ? same : wrongType(from, to, path);
    case "timestamp":
      return writtenTime("logical" in to ? to.logical : undefined, path) ?? wrongType(from, to, path);
    case "duration":
      return to.kind === "long" && (to.logical === undefined || to.logical === "time-micros") ? integer : wrongType(from, to, path);
    case "array":
      return to.kind === "array" ? writtenArray(written(from.element, to.items, `${path}[]`)) : wrongType(from, to, path);
    case "map":
      return to.kind === "map" && from.key.kind === "string" ? writtenMap(written(from.value, to.values, `${path}[…]`)) : wrongType(from, to, path);
    case "record":
      return to.kind === "record" ? writtenRecord(from.fields, to, path) : wrongType(from, to, path);
  }
}

function wrongType(from: ValueType, to: AvroType, path: string): never {
  throw new UnfitSchema(path, `\`${path}\` is ${avroTypeText(to)} in the schema, which takes no ${from.kind === "decimal" ? `decimal(${from.precision},${from.scale})` : from.kind}`);
}

/** A number that holds an integer, as the library takes longs. */
const integer: AvroConversion = (value) => (Number.isSafeInteger(value) || typeof value === "bigint" ? value : BigInt(Number(value)));

function buffer(value: unknown): unknown {
  return value instanceof Uint8Array ? toBuffer(value) : value;
}

function writtenDecimal(scale: number, to: AvroDecimal, path: string): AvroConversion {
  return (value) => {
    const exact = value as ExactInteger;
    const lost = to.scale < scale && BigInt(exact) % 10n ** BigInt(scale - to.scale) !== 0n;
    const rescaled = lost ? null : tryRescaleDecimal(exact, scale, to.precision, to.scale);
    const bytes = rescaled === null ? undefined : signedBytes(BigInt(rescaled), to.size);
    return bytes ?? unfit(`\`${path}\` is ${decimalText(exact, scale)}, which is no ${avroTypeText(to)}`);
  };
}

/** Big-endian, two's complement: in as few bytes as hold it, or in `size`; undefined where these are too few. */
function signedBytes(value: bigint, size: number | undefined): Buffer | undefined {
  let length = 1;
  while (BigInt.asIntN(length * 8, value) !== value) length++;
  if (size !== undefined && length > size) return undefined;
  const bytes = size ?? length;
  return Buffer.from(BigInt.asUintN(bytes * 8, value).toString(16).padStart(bytes * 2, "0"), "hex");
}

function writtenText(to: AvroType, path: string): AvroConversion | undefined {
  switch (to.kind) {
    case "string":
      return same;
    case "bytes":
      return (value) => Buffer.from(String(value), "utf8");
    case "enum":
      return (value) => (to.symbols.includes(String(value)) ? shieldedName(String(value)) : unfit(`\`${path}\` is ${JSON.stringify(value)}, which is no symbol of ${avroTypeText(to)}`));
    default:
      return undefined;
  }
}

/** From microseconds; what a coarser unit cannot hold is cut off towards the past. */
function writtenTime(logical: AvroLogical | undefined, path: string): AvroConversion | undefined {
  switch (logical) {
    case "timestamp-millis":
    case "local-timestamp-millis":
      return (value) => integer(Math.floor(Number(value) / 1000));
    case "timestamp-micros":
    case "local-timestamp-micros":
      return integer;
    case "timestamp-nanos":
    case "local-timestamp-nanos":
      return (value) => {
        const nanos = BigInt(Number(value)) * 1000n;
        return BigInt.asIntN(64, nanos) === nanos ? nanos : unfit(`\`${path}\` is too far away for nanoseconds`);
      };
    default:
      return undefined;
  }
}

function writtenArray(element: AvroConversion): AvroConversion {
  return (value) => (value as readonly unknown[]).map((each) => element(each));
}

function writtenMap(convert: AvroConversion): AvroConversion {
  return (value) => new Map([...(value as ReadonlyMap<unknown, unknown>)].map(([key, each]) => [key, convert(each)]));
}
