/** Spark's `lower`: full Unicode mapping, independent of the machine's locale (UCharacter.toLowerCase with ROOT). */
export function lowerText(text: string): string {
  return text.toLowerCase();
}

/** Spark's `upper`: full Unicode mapping (`ß` becomes `SS`), independent of the machine's locale. */
export function upperText(text: string): string {
  return text.toUpperCase();
}
