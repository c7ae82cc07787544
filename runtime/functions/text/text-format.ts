import { RowError } from "../../errors/row-error.ts";
import { decimalText } from "../decimal-text.ts";
import { doubleText, floatText } from "../double-text.ts";
import { fixedPlaces, generalPlaces, scientificPlaces } from "./java-float-format.ts";

/** What a value is to Java's formatter: dates are their days (`int`), timestamps and durations their microseconds (`long`). */
export type FormatKind = "boolean" | "int" | "long" | "float" | "double" | "string" | "null" | `decimal(${number},${number})`;

interface Specifier {
  readonly text: string;
  readonly argument: number;
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly conversion: string;
}

const specifier = /%(?:(\d+)\$|(<))?([-#+ 0,(]*)(\d+)?(?:\.(\d+))?([a-zA-Z%])|%/g;

/**
 * Spark's `format_string`: a format of java.util.Formatter over values of these kinds, with the conversions b c d e f g o s x and
 * n. A format that is none, or that does not fit the kinds, is a `RowError`.
 */
export function textFormat(format: string, ...kinds: readonly FormatKind[]): (...values: readonly unknown[]) => string {
  const pieces = piecesOf(format, kinds);
  return (...values) => pieces.map((piece) => (typeof piece === "string" ? piece : converted(piece, values[piece.argument], kinds[piece.argument] ?? "null"))).join("");
}

/** `textFormat` that writes null where the format is null. */
export function textFormatIfPresent(format: string | null, ...kinds: readonly FormatKind[]): (...values: readonly unknown[]) => string | null {
  return format === null ? () => null : textFormat(format, ...kinds);
}

function piecesOf(format: string, kinds: readonly FormatKind[]): readonly (string | Specifier)[] {
  const pieces: (string | Specifier)[] = [];
  let from = 0;
  let ordinary = 0;
  let previous = -1;
  for (const match of format.matchAll(specifier)) {
    const [text, number, again, flags = "", width = "0", precision, conversion] = match;
    pieces.push(format.slice(from, match.index));
    from = match.index + text.length;
    if (conversion === undefined) throw badFormat(format, "has a `%` that begins no conversion; write `%%` for the character");
    if (conversion === "n" || conversion === "%") {
      pieces.push(conversion === "n" ? "\n" : aligned("%", flags, Number(width)));
      continue;
    }
    const argument = number !== undefined ? Number(number) - 1 : again !== undefined ? previous : ordinary++;
    previous = argument;
    const kind = kinds[argument];
    if (kind === undefined) throw badFormat(format, `asks in \`${text}\` for a value that is not given`);
    const piece: Specifier = { text, argument, flags, width: Number(width), precision: precision === undefined ? undefined : Number(precision), conversion };
    checkSpecifier(format, piece, kind);
    pieces.push(piece);
  }
  return [...pieces, format.slice(from)];
}

const takes: Readonly<Record<string, readonly string[]>> = {
  c: ["int"], d: ["int", "long"], o: ["int", "long"], x: ["int", "long"], e: ["float", "double"], f: ["float", "double"], g: ["float", "double"],
};

function checkSpecifier(format: string, { text, flags, width, precision, conversion }: Specifier, kind: FormatKind): void {
  const lower = conversion.toLowerCase();
  if (!["b", "s", ...Object.keys(takes)].includes(lower) || /[DFO]/.test(conversion)) throw badFormat(format, `has the conversion \`${text}\`, which format_string has not`);
  const kinds = takes[lower];
  if (kinds !== undefined && kind !== "null" && !kinds.includes(kind)) throw badFormat(format, `writes a ${kind} as \`${text}\``);
  if (/[-0]/.test(flags) && width === 0) throw badFormat(format, `has \`${text}\` without a width`);
  if (precision !== undefined && /[cdox]/i.test(conversion)) throw badFormat(format, `has \`${text}\`, which takes no precision`);
  if (new Set(flags).size < flags.length || (flags.includes("-") && flags.includes("0")) || (flags.includes("+") && flags.includes(" "))) throw badFormat(format, `has flags in \`${text}\` that exclude each other`);
}

function converted(piece: Specifier, value: unknown, kind: FormatKind): string {
  const { conversion, flags, width, precision } = piece;
  const text = textOf(piece, value, kind);
  const isNumber = /[doxefg]/i.test(conversion) && value !== null;
  const cut = isNumber || precision === undefined ? text : text.slice(0, precision);
  const upper = /[A-Z]/.test(conversion) ? cut.toUpperCase() : cut;
  return isNumber && flags.includes("0") && /\d/.test(upper) ? zeroFilled(upper, width) : aligned(upper, flags, width);
}

function textOf({ conversion, flags, precision }: Specifier, value: unknown, kind: FormatKind): string {
  const lower = conversion.toLowerCase();
  if (lower === "b") return kind === "boolean" ? String(value === true) : String(value !== null);
  if (value === null || value === undefined) return "null";
  if (lower === "c") return String.fromCodePoint(Number(value));
  if (typeof value !== "number" && typeof value !== "bigint") return String(value);
  switch (lower) {
    case "d":
      return signed(grouped(String(value < 0 ? -value : value), flags), value < 0, flags);
    case "o":
    case "x":
      return (flags.includes("#") ? (lower === "x" ? "0x" : "0") : "") + BigInt.asUintN(kind === "long" ? 64 : 32, BigInt(value)).toString(lower === "x" ? 16 : 8);
    case "e":
    case "f":
    case "g":
      return floatingText(Number(value), lower, flags, precision ?? 6);
    default:
      return plain(value, kind);
  }
}

function floatingText(value: number, conversion: string, flags: string, precision: number): string {
  if (Number.isNaN(value)) return "NaN";
  const isNegative = value < 0 || Object.is(value, -0);
  const size = Math.abs(value);
  if (!Number.isFinite(size)) return signed("Infinity", isNegative, flags);
  const text = conversion === "e" ? scientificPlaces(size, precision) : conversion === "f" ? fixedPlaces(size, precision) : generalPlaces(size, precision);
  const [whole = "", ...rest] = text.split(".");
  return signed([grouped(whole, flags), ...rest].join("."), isNegative, flags);
}

function plain(value: number | bigint, kind: FormatKind): string {
  if (kind === "double") return doubleText(Number(value));
  if (kind === "float") return floatText(Number(value));
  const scale = /^decimal\(\d+,(\d+)\)$/.exec(kind)?.[1];
  return scale === undefined ? String(value) : decimalText(value, Number(scale));
}

function signed(digits: string, isNegative: boolean, flags: string): string {
  if (isNegative) return flags.includes("(") ? `(${digits})` : `-${digits}`;
  return flags.includes("+") ? `+${digits}` : flags.includes(" ") ? ` ${digits}` : digits;
}

function grouped(digits: string, flags: string): string {
  return flags.includes(",") ? digits.replace(/\B(?=(\d{3})+$)/g, ",") : digits;
}

/** Zeros go behind the sign and a `0x`. */
function zeroFilled(text: string, width: number): string {
  const lead = /^(?:[-+ (]|0[xX](?=.))?/.exec(text)?.[0] ?? "";
  return lead + "0".repeat(Math.max(0, width - text.length)) + text.slice(lead.length);
}

function aligned(text: string, flags: string, width: number): string {
  return flags.includes("-") ? text.padEnd(width) : text.padStart(width);
}

function badFormat(format: string, what: string): RowError {
  return new RowError("INVALID_PARAMETER_VALUE", `the format ${JSON.stringify(format)} ${what}`);
}
