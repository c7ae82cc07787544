import { canonicalInteger, fitsLong, fitsPrecision, powerOfTen, type ExactInteger } from "../../functions/exact-integer.ts";
import { decimalText } from "../../functions/decimal-text.ts";
import type { TimeZone } from "../../time/time-zone.ts";
import { descriptorText, type ValueType } from "../value-type.ts";
import { Misfit } from "./misfit.ts";
import type { SchemaElement } from "./parquet-footer.ts";

/** Turns a value as the file holds it into the runtime's representation of the declared type, or says why it does not fit. */
export type LeafValue = (raw: unknown) => unknown;

const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const julianEpoch = 2_440_588n;
/** 0001-01-01 and 9999-12-31. */
const firstDay = -719_162;
const lastDay = 2_932_896;
const microsPerDay = 86_400_000_000n;

/** How values of a leaf become values of a scalar type; undefined where they cannot. Timestamps without a zone are in `zone`. */
export function leafValue(type: ValueType, element: SchemaElement, zone: TimeZone): LeafValue | undefined {
  const misfit = (found: unknown): Misfit => new Misfit(String(found), descriptorText({ ...type, nullable: false }));
  switch (type.kind) {
    case "boolean":
      return element.type === "BOOLEAN" ? (raw) => raw : undefined;
    case "int":
      return integer(element, (value) => (typeof value === "number" && value >= -2_147_483_648 && value <= 2_147_483_647 ? value : misfit(value)));
    case "long":
      return integer(element, (value) => (fitsLong(value) ? value : misfit(value)));
    case "float":
      return element.type === "FLOAT" ? (raw) => raw : float16(element);
    case "double":
      if (element.type === "DOUBLE" || element.type === "FLOAT") return (raw) => raw;
      return float16(element) ?? (element.type === "INT32" ? integer(element, (value) => Number(value)) : undefined);
    case "decimal":
      return decimal(element, type, misfit);
    case "string":
      return stringValue(element, misfit);
    case "binary":
      return isBytes(element) && !isDecimal(element) ? (raw) => (raw instanceof Uint8Array ? raw.slice() : misfit(raw)) : undefined;
    case "date":
      return element.converted_type === "DATE" || element.logical_type?.type === "DATE" ? (raw) => (Number(raw) >= firstDay && Number(raw) <= lastDay ? raw : misfit(`day ${String(raw)}`)) : undefined;
    case "timestamp":
      return timestamp(element, zone, misfit);
    case "duration":
      return element.type === "INT64" && plainInteger(element) ? (raw) => (typeof raw === "bigint" ? safe(raw, misfit) : misfit(raw)) : undefined;
    default:
      return undefined;
  }
}

function isDecimal({ converted_type, logical_type }: SchemaElement): boolean {
  return converted_type === "DECIMAL" || logical_type?.type === "DECIMAL";
}

function isBytes({ type }: SchemaElement): boolean {
  return type === "BYTE_ARRAY" || type === "FIXED_LEN_BYTE_ARRAY";
}

/** The digits of a decimal behind its point. */
export function decimalScale({ scale, logical_type }: SchemaElement): number {
  return scale ?? (logical_type?.type === "DECIMAL" ? logical_type.scale : 0);
}

/** Whether a leaf holds whole numbers that are no dates, times or fractions. */
function plainInteger({ type, converted_type, logical_type }: SchemaElement): boolean {
  if (type !== "INT32" && type !== "INT64") return false;
  const annotated = converted_type ?? (logical_type?.type === "INTEGER" ? "INT_" : logical_type?.type);
  return annotated === undefined || annotated.startsWith("INT_") || annotated.startsWith("UINT_");
}

/** Whether whole numbers are counted from 0 up. */
export function isUnsigned({ converted_type, logical_type }: SchemaElement): boolean {
  return converted_type?.startsWith("UINT_") === true || (logical_type?.type === "INTEGER" && !logical_type.isSigned);
}

function integer(element: SchemaElement, fit: (value: ExactInteger) => unknown): LeafValue | undefined {
  if (isDecimal(element)) {
    const unscaled = decimalScale(element) === 0 ? decimalInteger(element) : undefined;
    return unscaled === undefined ? undefined : (raw) => fit(canonicalInteger(unscaled(raw)));
  }
  if (!plainInteger(element)) return undefined;
  if (element.type === "INT32") return isUnsigned(element) ? (raw) => fit(Number(raw) >>> 0) : (raw) => fit(Number(raw));
  return isUnsigned(element) ? (raw) => fit(canonicalInteger(BigInt.asUintN(64, asBigint(raw)))) : (raw) => fit(canonicalInteger(asBigint(raw)));
}

function asBigint(raw: unknown): bigint {
  return typeof raw === "bigint" ? raw : BigInt(Number(raw));
}

/** The scaled integer of a decimal, exactly. */
function decimalInteger({ type }: SchemaElement): ((raw: unknown) => bigint) | undefined {
  if (type === "INT32" || type === "INT64") return asBigint;
  return type === "BYTE_ARRAY" || type === "FIXED_LEN_BYTE_ARRAY" ? (raw) => (raw instanceof Uint8Array ? bigEndian(raw) : 0n) : undefined;
}

function bigEndian(bytes: Uint8Array): bigint {
  if (bytes.length === 0) return 0n;
  const magnitude = BigInt(`0x${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("hex")}`);
  return BigInt.asIntN(bytes.length * 8, magnitude);
}

function decimal(element: SchemaElement, { precision, scale }: { readonly precision: number; readonly scale: number }, misfit: (found: unknown) => Misfit): LeafValue | undefined {
  const ofInteger = !isDecimal(element);
  if (ofInteger && !plainInteger(element)) return undefined;
  const given = ofInteger ? 0 : decimalScale(element);
  const unscaled = decimalInteger(element);
  if (unscaled === undefined || given > scale) return undefined;
  const factor = BigInt(powerOfTen(scale - given));
  return (raw) => {
    const read = unscaled(raw);
    const value = ofInteger && isUnsigned(element) ? BigInt.asUintN(element.type === "INT32" ? 32 : 64, read) : read;
    const scaled = canonicalInteger(value * factor);
    return fitsPrecision(scaled, precision) ? scaled : misfit(decimalText(canonicalInteger(value), given));
  };
}

function stringValue(element: SchemaElement, misfit: (found: unknown) => Misfit): LeafValue | undefined {
  if (!isBytes(element) || isDecimal(element) || element.converted_type === "BSON" || element.converted_type === "INTERVAL") return undefined;
  if (element.logical_type?.type === "UUID") return (raw) => (raw instanceof Uint8Array ? uuidText(raw) : misfit(raw));
  if (element.type === "FIXED_LEN_BYTE_ARRAY") return undefined;
  return (raw) => {
    if (!(raw instanceof Uint8Array)) return misfit(raw);
    try {
      return text.decode(raw);
    } catch {
      return misfit(`bytes that are not UTF-8 (${Buffer.from(raw.subarray(0, 8)).toString("hex")})`);
    }
  };
}

function uuidText(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function float16({ type, type_length, logical_type }: SchemaElement): LeafValue | undefined {
  if (type !== "FIXED_LEN_BYTE_ARRAY" || type_length !== 2 || logical_type?.type !== "FLOAT16") return undefined;
  return (raw) => (raw instanceof Uint8Array ? halfFloat((raw[1] ?? 0) << 8 | (raw[0] ?? 0)) : NaN);
}

function halfFloat(bits: number): number {
  const sign = bits >> 15 === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 31;
  const fraction = (bits & 1023) / 1024;
  if (exponent === 0) return sign * 2 ** -14 * fraction;
  return exponent === 31 ? (fraction === 0 ? sign * Infinity : NaN) : sign * 2 ** (exponent - 15) * (1 + fraction);
}

/** The unit of a timestamp and whether it is an instant, or what a clock says somewhere; undefined where a leaf holds no timestamps. */
export function timestampForm({ type, converted_type, logical_type }: SchemaElement): { readonly unit: "millis" | "micros" | "nanos"; readonly isInstant: boolean } | undefined {
  if (type !== "INT64") return undefined;
  if (logical_type?.type === "TIMESTAMP") return { unit: logical_type.unit === "NANOS" ? "nanos" : logical_type.unit === "MICROS" ? "micros" : "millis", isInstant: logical_type.isAdjustedToUTC };
  if (converted_type === "TIMESTAMP_MILLIS") return { unit: "millis", isInstant: true };
  return converted_type === "TIMESTAMP_MICROS" ? { unit: "micros", isInstant: true } : undefined;
}

function timestamp(element: SchemaElement, zone: TimeZone, misfit: (found: unknown) => Misfit): LeafValue | undefined {
  // Spark's and Hive's old form: nanoseconds of the day, and the Julian day; always an instant.
  if (element.type === "INT96") {
    return (raw) => {
      const value = asBigint(raw);
      return instant(((value >> 64n) - julianEpoch) * microsPerDay + floorDivide(BigInt.asUintN(64, value), 1000n), misfit);
    };
  }
  const form = timestampForm(element);
  if (form === undefined) return undefined;
  const micros = (raw: bigint): bigint => (form.unit === "millis" ? raw * 1000n : form.unit === "micros" ? raw : floorDivide(raw, 1000n));
  return (raw) => {
    const value = instant(micros(asBigint(raw)), misfit);
    return form.isInstant || typeof value !== "number" ? value : zone.instantOf(value);
  };
}

/** Years 1–9999, as far as a double holds the microseconds exactly: formats of text refuse the same. */
function instant(value: bigint, misfit: (found: unknown) => Misfit): number | Misfit {
  const held = Number(value);
  const seconds = floorDivide(value, 1_000_000n);
  if (seconds < -62_135_596_800n || seconds > 253_402_300_799n) return misfit(`${value} microseconds`);
  return BigInt(held) === value ? held : new Misfit(`${value} microseconds`, "timestamp that can be held: beyond the years 1684 to 2255 not every microsecond is");
}

function safe(value: bigint, misfit: (found: unknown) => Misfit): number | Misfit {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : misfit(`${value} microseconds`);
}

/** Towards the past, as Spark truncates nanoseconds. */
export function floorDivide(value: bigint, divisor: bigint): bigint {
  const quotient = value / divisor;
  return value % divisor < 0n ? quotient - 1n : quotient;
}
