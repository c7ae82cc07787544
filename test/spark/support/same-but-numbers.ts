/** The doubles of a row's text that are marked with `~`: sums. */
export const summedNumbers = /(?<![\w"])-?\d+(?:\.\d+)?(?:e[+-]?\d+)?~/g;

/** All numbers of a row's text that have a fraction or an exponent. */
export const fractions = /(?<![\w".])-?\d+(?:\.\d+(?:e[+-]?\d+)?|e[+-]?\d+)/g;

/** Whether two rows are the same but for some of their numbers, and those are pairwise `near`. */
export function sameButNumbers(row: string, other: string, numbers: RegExp, near: (a: number, b: number) => boolean): boolean {
  if (row.replace(numbers, "~") !== other.replace(numbers, "~")) return false;
  const [ours = [], theirs = []] = [row, other].map((text) => (text.match(numbers) ?? []).map((number) => Number(number.replace("~", ""))));
  return ours.every((number, at) => near(number, theirs[at] ?? Number.NaN));
}

/** Whether two sums of the same values are: relative to the number, so that small ones count as well. A zero is like no other number, and not like the other zero. */
export function isCloseSum(a: number, b: number): boolean {
  return Object.is(a, b) || (a !== 0 && b !== 0 && Math.abs(a - b) <= 1e-12 * Math.abs(a));
}
