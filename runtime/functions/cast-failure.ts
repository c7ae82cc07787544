import { RowError } from "../errors/row-error.ts";

/** Throws: a text (or NaN, or an infinity) is no value of the type. Long texts are cut. */
export function castInvalid(value: string, type: string): never {
  const shown = value.length > 60 ? `${value.slice(0, 60)}…` : value;
  throw new RowError("CAST_INVALID_INPUT", `${JSON.stringify(shown)} cannot be cast to ${type}`);
}

/** Throws: a number is out of the type's range. */
export function castOverflow(value: number | bigint | string, type: string): never {
  throw new RowError("CAST_OVERFLOW", `${value} does not fit ${type}`);
}

/** A text without white space and ASCII controls at its ends (org.apache.spark.unsafe.types.UTF8String.trimAll). */
export function trimAll(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

function isBlank(unit: number): boolean {
  return unit <= 0x20 || unit === 0x7f;
}
