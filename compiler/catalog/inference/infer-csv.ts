import { tryDateFromText } from "../../../runtime/functions/cast-date.ts";
import { tryTimestampFromText } from "../../../runtime/functions/cast-timestamp.ts";
import type { DataType } from "../../ir/types/data-type.ts";
import { booleanType, dateType, decimalType, doubleType, intType, longType, nullType, stringType, timestampType } from "../../ir/types/data-type.ts";
import type { Inferred } from "./inferred.ts";
import { mergeCsvTypes } from "./merge-types.ts";

/** Options of a CSV source that say how its text is cut into fields. */
export interface CsvSampleOptions {
  readonly header: boolean;
  readonly separator: string;
  readonly quote: string;
  readonly nullValue: string;
}

/**
 * The columns of a CSV text as Spark infers them (CSVInferSchema with `preferDate`): int, long, decimal (whole numbers beyond
 * long), double, date, timestamp, boolean, else string; empty fields say nothing. Every column may be null. Without a header
 * the columns are `_c0`, `_c1` …
 */
export function inferCsv(text: string, options: CsvSampleOptions): Inferred {
  const cut = records(text.replace(/^\uFEFF/, ""), options);
  if (!cut.ok) return cut;
  const { rows } = cut;
  const [first, ...rest] = rows;
  if (first === undefined) return { ok: false, at: 0, reason: "there is no line in it" };
  const names = options.header ? headerNames(first, options) : first.map((_, at) => `_c${at}`);
  const types = names.map((): DataType => nullType);
  for (const row of options.header ? rest : rows) {
    for (const [at, so] of types.entries()) types[at] = typeWith(so, row[at] ?? "", options);
  }
  return { ok: true, fields: names.map((name, at) => ({ name, type: settledField(types[at]), nullable: true })) };
}

/** An empty name becomes `_c` and its place, a name that stands there twice gets its place behind it (CSVUtils.makeSafeHeader). */
function headerNames(row: readonly string[], options: CsvSampleOptions): readonly string[] {
  const counts = new Map<string, number>();
  for (const name of row) counts.set(name, (counts.get(name) ?? 0) + 1);
  return row.map((name, at) => (name === "" || name === options.nullValue ? `_c${at}` : (counts.get(name) ?? 0) > 1 ? `${name}${at}` : name));
}

function settledField(type: DataType | undefined): DataType {
  return type === undefined || type.kind === "null" ? stringType : type;
}

/** A field's type, no tighter than what the column is so far. */
function typeWith(so: DataType, field: string, { nullValue }: CsvSampleOptions): DataType {
  if (field === "" || field === nullValue || so.kind === "string") return so;
  const from = ladder.findIndex(({ kind }) => kind === so.kind);
  const found = ladder.slice(Math.max(from, 0)).reduce<DataType | undefined>((type, step) => type ?? step.type(field), undefined) ?? stringType;
  return mergeCsvTypes(so, found);
}

/** Tightest first: the order in which a field is tried. */
const ladder: readonly { readonly kind: DataType["kind"]; readonly type: (field: string) => DataType | undefined }[] = [
  { kind: "int", type: (field) => (isWhole(field) && fits(field, 32) ? intType : undefined) },
  { kind: "long", type: (field) => (isWhole(field) && fits(field, 64) ? longType : undefined) },
  { kind: "decimal", type: wholeDecimal },
  { kind: "double", type: (field) => (isDouble.test(field) ? doubleType : undefined) },
  { kind: "date", type: (field) => (/^\d{4}-\d{2}-\d{2}$/.test(field) && tryDateFromText(field) !== null ? dateType : undefined) },
  { kind: "timestamp", type: (field) => (tryTimestampFromText(field) !== null ? timestampType : undefined) },
  { kind: "boolean", type: (field) => (/^(true|false)$/i.test(field) ? booleanType : undefined) },
];

/** What Java's `toDouble` takes, and Spark's words for the values that are no numbers. */
const isDouble = /^(?:\s*[+-]?(?:NaN|Infinity|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[fFdD]?)\s*|-?Inf)$/;

function isWhole(field: string): boolean {
  return /^[+-]?\d{1,40}$/.test(field);
}

function fits(field: string, bits: number): boolean {
  const value = BigInt(field.replace(/^\+/, ""));
  return BigInt.asIntN(bits, value) === value;
}

function wholeDecimal(field: string): DataType | undefined {
  const digits = field.replace(/^[+-]?0*(?=\d)/, "").length;
  return isWhole(field) && digits <= 38 ? decimalType(digits, 0) : undefined;
}

/** The fields of each record (RFC 4180); blank lines are none. */
function records(text: string, { separator, quote }: CsvSampleOptions): { readonly ok: true; readonly rows: readonly (readonly string[])[] } | Extract<Inferred, { ok: false }> {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    let field = "";
    if (quote !== "" && text.startsWith(quote, at)) {
      const open = at;
      at += quote.length;
      for (;;) {
        const end = text.indexOf(quote, at);
        if (end < 0) return { ok: false, at: open, reason: "the quote is never closed" };
        field += text.slice(at, end);
        at = end + quote.length;
        if (!text.startsWith(quote, at)) break;
        field += quote;
        at += quote.length;
      }
    }
    const start = at;
    while (at < text.length && !text.startsWith(separator, at) && text[at] !== "\n" && text[at] !== "\r") at++;
    row.push(field + text.slice(start, at));
    if (at < text.length && text.startsWith(separator, at)) {
      at += separator.length;
      if (at >= text.length) row.push("");
      continue;
    }
    at += text.startsWith("\r\n", at) ? 2 : 1;
    if (row.length > 1 || row[0] !== "") rows.push(row);
    row = [];
  }
  if (row.length > 0) rows.push(row);
  return { ok: true, rows };
}
