/** Spark's `reverse` of a text: by characters (code points). */
export function reverseText(text: string): string {
  return [...text].reverse().join("");
}

/** Spark's `reverse` of an array. */
export function reverseItems<T>(items: readonly T[]): readonly T[] {
  return [...items].reverse();
}
