import { canonicalInteger, fitsLong, fitsPrecision, powerOfTen, type ExactInteger } from "../../functions/exact-integer.ts";
import { decimalText } from "../../functions/decimal-text.ts";
import { uuidText } from "../../functions/uuid-text.ts";
import type { TimeZone } from "../../time/time-zone.ts";
import { heldDays, heldInstant, heldMicros, isHeldDay, microsOf, type TimeUnit } from "../file-times.ts";
import { signedInteger } from "../signed-integer.ts";
import { descriptorText, type ValueType } from "../value-type.ts";
import { Misfit } from "./misfit.ts";
import type { SchemaElement } from "./parquet-footer.ts";

/** Turns a value as the file holds it into the runtime's representation of the declared type, or says why it does not fit. */
export type LeafValue = (raw: unknown) => unknown;

/** How values of a leaf become those of a declared type, and which of them do. */
export interface LeafReading {
  readonly convert: LeafValue;
  /** Of which values `convert` makes no `Misfit`: all, those between two bounds (in the runtime's representation), or nobody knows. */
  readonly fits: "all" | "unknown" | LeafRange;
}

export interface LeafRange {
  readonly least: number | bigint;
  readonly greatest: number | bigint;
}

const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const julianEpoch = 2_440_588n;
const microsPerDay = 86_400_000_000n;
const ints: LeafRange = { least: -2_147_483_648, greatest: 2_147_483_647 };
const longs: LeafRange = { least: -(2n ** 63n), greatest: 2n ** 63n - 1n };

/** How values of a leaf become values of a scalar type; undefined where they cannot. Timestamps without a zone are in `zone`. */
export function leafValue(type: ValueType, element: SchemaElement, zone: TimeZone): LeafReading | undefined {
  const misfit = (found: unknown): Misfit => new Misfit(String(found), descriptorText({ ...type, nullable: false }));
  switch (type.kind) {
    case "boolean":
      return reading(element.type === "BOOLEAN" ? same : undefined, "all");
    case "int":
      return reading(integer(element, (value) => (typeof value === "number" && value >= ints.least && value <= ints.greatest ? value : misfit(value))), element.type === "INT32" && !isWide(element) ? "all" : ints);
    case "long":
      return reading(integer(element, (value) => (fitsLong(value) ? value : misfit(value))), element.type === "INT32" || (element.type === "INT64" && !isWide(element)) ? "all" : longs);
    case "float":
      return reading(element.type === "FLOAT" ? same : float16(element), "all");
    case "double":
      if (element.type === "DOUBLE" || element.type === "FLOAT") return reading(same, "all");
      return reading(float16(element) ?? (element.type === "INT32" ? integer(element, (value) => Number(value)) : undefined), "all");
    case "decimal":
      return reading(decimal(element, type, misfit), type.precision - type.scale >= wholeDigits(element) ? "all" : "unknown");
    case "string":
      // What says that it is text is believed.
      return reading(stringValue(element, misfit), isText(element) ? "all" : "unknown");
    case "binary":
      return reading(isBytes(element) && !isDecimal(element) ? (raw) => (raw instanceof Uint8Array ? raw.slice() : misfit(raw)) : undefined, "all");
    case "date":
      return reading(element.converted_type === "DATE" || element.logical_type?.type === "DATE" ? (raw) => (isHeldDay(raw) ? raw : misfit(`day ${String(raw)}`)) : undefined, heldDays);
    case "timestamp":
      return reading(timestamp(element, zone), heldMicros);
    case "duration":
      return reading(element.type === "INT64" && plainInteger(element) ? (raw) => (typeof raw === "bigint" ? safe(raw, misfit) : misfit(raw)) : undefined, heldMicros);
    default:
      return undefined;
  }
}

const same: LeafValue = (raw) => raw;

function reading(convert: LeafValue | undefined, fits: LeafReading["fits"]): LeafReading | undefined {
  return convert === undefined ? undefined : { convert, fits };
}

/** Whether the values of a leaf are those of a decimal. */
export function isDecimal({ converted_type, logical_type }: SchemaElement): boolean {
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

/** Whether unsigned numbers take all bits that they are stored in, and so may be more than signed ones of as many. */
export function isWide(element: SchemaElement): boolean {
  const { converted_type: converted, logical_type: logical } = element;
  return isUnsigned(element) && converted !== "UINT_8" && converted !== "UINT_16" && (logical?.type !== "INTEGER" || logical.bitWidth >= 32);
}

/** The digits that a number may have in front of its point. */
function wholeDigits(element: SchemaElement): number {
  if (isDecimal(element)) return (element.precision ?? 38) - decimalScale(element);
  return element.type === "INT32" ? 10 : 20;
}

const texts: ReadonlySet<string> = new Set(["UTF8", "STRING", "ENUM", "JSON", "UUID"]);

function isText({ converted_type, logical_type }: SchemaElement): boolean {
  return texts.has(converted_type ?? "") || texts.has(logical_type?.type ?? "");
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
  return type === "BYTE_ARRAY" || type === "FIXED_LEN_BYTE_ARRAY" ? (raw) => (raw instanceof Uint8Array ? signedInteger(raw) : 0n) : undefined;
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
export function timestampForm({ type, converted_type, logical_type }: SchemaElement): { readonly unit: TimeUnit; readonly isInstant: boolean } | undefined {
  if (type !== "INT64") return undefined;
  if (logical_type?.type === "TIMESTAMP") return { unit: logical_type.unit === "NANOS" ? "nanos" : logical_type.unit === "MICROS" ? "micros" : "millis", isInstant: logical_type.isAdjustedToUTC };
  if (converted_type === "TIMESTAMP_MILLIS") return { unit: "millis", isInstant: true };
  return converted_type === "TIMESTAMP_MICROS" ? { unit: "micros", isInstant: true } : undefined;
}

function timestamp(element: SchemaElement, zone: TimeZone): LeafValue | undefined {
  // Spark's and Hive's old form: nanoseconds of the day, and the Julian day; always an instant.
  if (element.type === "INT96") {
    return (raw) => {
      const value = asBigint(raw);
      return instant(((value >> 64n) - julianEpoch) * microsPerDay + microsOf(BigInt.asUintN(64, value), "nanos"));
    };
  }
  const form = timestampForm(element);
  if (form === undefined) return undefined;
  return (raw) => {
    const value = instant(microsOf(asBigint(raw), form.unit));
    return form.isInstant || typeof value !== "number" ? value : zone.instantOf(value);
  };
}

function instant(micros: bigint): number | Misfit {
  const held = heldInstant(micros);
  return typeof held === "number" ? held : new Misfit(`${micros} microseconds`, held);
}

function safe(value: bigint, misfit: (found: unknown) => Misfit): number | Misfit {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : misfit(`${value} microseconds`);
}
