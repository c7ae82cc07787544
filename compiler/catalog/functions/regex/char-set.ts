/** A set of code points: sorted, disjoint, not adjacent ranges, ends included. */
export type CharSet = readonly (readonly [low: number, high: number])[];

export const lastCodePoint = 0x10ffff;
export const anyCharacter: CharSet = [[0, lastCodePoint]];

/** The set of single characters and ranges in any order. */
export function charSet(ranges: readonly (readonly [number, number])[]): CharSet {
  const sorted = [...ranges].sort((a, b) => a[0] - b[0]);
  const merged: [number, number][] = [];
  for (const [low, high] of sorted) {
    const previous = merged[merged.length - 1];
    if (previous !== undefined && low <= previous[1] + 1) previous[1] = Math.max(previous[1], high);
    else merged.push([low, high]);
  }
  return merged;
}

export function unionOf(...sets: readonly CharSet[]): CharSet {
  return charSet(sets.flat());
}

export function complementOf(set: CharSet): CharSet {
  const ranges: [number, number][] = [];
  let from = 0;
  for (const [low, high] of set) {
    if (low > from) ranges.push([from, low - 1]);
    from = high + 1;
  }
  if (from <= lastCodePoint) ranges.push([from, lastCodePoint]);
  return ranges;
}

/** Whether no character is in both. */
export function areDisjoint(a: CharSet, b: CharSet): boolean {
  let left = 0;
  let right = 0;
  for (;;) {
    const first = a[left];
    const second = b[right];
    if (first === undefined || second === undefined) return true;
    if (first[1] < second[0]) left++;
    else if (second[1] < first[0]) right++;
    else return false;
  }
}

const digit: CharSet = [[48, 57]];
const word: CharSet = charSet([[48, 57], [65, 90], [95, 95], [97, 122]]);
/** RE2's `\s`: tab, line feed, form feed, carriage return, space (Java's has the vertical tab too). */
const space: CharSet = charSet([[9, 10], [12, 13], [32, 32]]);

/** RE2's Perl classes by their letter, with the text that means the same inside a class in JavaScript. */
export const perlClasses: ReadonlyMap<string, { readonly set: CharSet; readonly text: string }> = new Map([
  ["d", { set: digit, text: "\\d" }],
  ["w", { set: word, text: "\\w" }],
  ["s", { set: space, text: "\\t\\n\\f\\r " }],
]);
