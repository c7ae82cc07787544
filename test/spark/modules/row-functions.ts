import { RE2JS } from "re2js";

/** A row with a column of every type that a function may take. */
export interface Everything {
  readonly id: number;
  readonly flag: boolean | null;
  readonly whole: number | null;
  readonly big: bigint | null;
  readonly small: number | null;
  readonly real: number | null;
  readonly text: string | null;
  readonly bytes: Uint8Array | null;
  readonly day: Date | null;
  readonly at: Date | null;
  readonly list: readonly (number | null)[] | null;
  readonly byName: ReadonlyMap<string, bigint | null> | null;
  readonly part: { readonly a: number | null; readonly tags: readonly string[] } | null;
}

/** The row as it came. */
export function same(row: Everything): Everything {
  return row;
}

/** By a package. */
export function isVersion(text: string, pattern: string): boolean {
  return RE2JS.matches(pattern, text);
}

export function hasText(row: { readonly text: string | null }): boolean {
  return row.text !== null && row.text !== "";
}

/** Each letter with its place; of "bad" none, but an error. */
export function* letters(row: { readonly id: number; readonly text: string | null }): Generator<{ id: bigint; letter: string; place: number | null }> {
  if (row.text === "bad") throw new TypeError("no letters here");
  let place = 0;
  for (const letter of row.text ?? "") yield { id: BigInt(row.id), letter, place: place++ === 0 ? null : place };
}

export function unlessEmpty(row: { readonly text: string | null }): { text: string; upper: string } | undefined {
  return row.text === null || row.text === "" ? undefined : { text: row.text, upper: row.text.toUpperCase() };
}

/** Fails below zero. */
export function root(x: number): number {
  if (x < 0) throw new RangeError("no root of a negative number");
  return Math.sqrt(x);
}

/** Of null too. */
export function lengthOr(text: string | null): number {
  return text === null ? -1 : text.length;
}

export function wrong(id: number): string {
  const value: unknown = id;
  return value as string;
}
