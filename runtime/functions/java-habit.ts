/**
 * What a pattern uses that Java's regular expressions have and RE2's have not, or mean otherwise: said in words that complete “the
 * pattern `…`”, instead of taking another meaning in silence. Undefined where there is nothing of the kind.
 */
export function javaHabit(pattern: string): string | undefined {
  const outside = withoutEscapes(pattern);
  if (/\(\?<?[=!]/.test(outside)) return "uses look-around, which has no linear-time meaning; match more and take a group with regexp_extract";
  if (outside.includes("(?>")) return "uses an atomic group, which RE2's syntax has not; a plain group matches the same texts in linear time";
  if (/\(\?[a-zA-Z]*U/.test(outside)) return "uses the flag `U`, which means Unicode classes in Java and lazy quantifiers in RE2; write \\p{L} or *? instead";
  if (backReference(pattern)) return "uses a back-reference, which has no linear-time meaning; take the groups with regexp_extract and compare them";
  if (/(?:[*+?]|\{\d+(?:,\d*)?\})\+/.test(withoutClasses(outside))) return "uses a possessive quantifier, which RE2's syntax has not; a plain one matches in linear time";
  if (/\[[^\]]*&&/.test(outside)) return "intersects classes with `&&`, which RE2's syntax has not; write one class that lists the characters";
  if (/\[\^?\]?(?:\[:\^?\w+:\]|[^\][])*\[(?!:)/.test(outside)) return "has a `[` inside a class, which opens a nested class in Java and is a plain character in RE2; write `\\[` for the character";
  return undefined;
}

/** The pattern with each escape replaced by two neutral characters. */
function withoutEscapes(pattern: string): string {
  return pattern.replace(/\\Q[^]*?(?:\\E|$)/g, (text) => "q".repeat(text.length)).replace(/\\[^]/g, "ee");
}

function withoutClasses(pattern: string): string {
  return pattern.replace(/\[\^?\]?[^\]]*\]/g, "c");
}

function backReference(pattern: string): boolean {
  return /^(?:[^\\]|\\[^1-9k])*\\(?:[1-9]|k<)/.test(pattern.replace(/\\Q[^]*?(?:\\E|$)/g, ""));
}
