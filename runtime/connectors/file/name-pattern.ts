type Piece =
  | { readonly kind: "text"; readonly char: string }
  | { readonly kind: "any" }
  | { readonly kind: "many" }
  | { readonly kind: "class"; readonly negated: boolean; readonly ranges: readonly (readonly [low: string, high: string])[] };

/**
 * A pattern for one segment of a path: `*` any characters, `?` one character, `[a-z]` one of a class (`[!…]` or `[^…]` none
 * of it), a backslash before a character that stands for itself. Matching is by code points and takes time proportional to
 * the lengths of pattern and name.
 */
export class NamePattern {
  readonly #pieces: readonly Piece[];

  constructor(segment: string) {
    this.#pieces = piecesOf([...segment]);
  }

  /** The name that alone can match, where the pattern has no wildcard. */
  get literal(): string | undefined {
    let text = "";
    for (const piece of this.#pieces) {
      if (piece.kind !== "text") return undefined;
      text += piece.char;
    }
    return text;
  }

  matches(name: string): boolean {
    const first = this.#pieces[0];
    // As in a shell: a wildcard does not find hidden names.
    if ((name.startsWith("_") || name.startsWith(".")) && !(first?.kind === "text" && name.startsWith(first.char))) return false;
    const chars = [...name];
    let at = 0;
    let piece = 0;
    let star = -1;
    let starAt = 0;
    while (at < chars.length) {
      const pattern = this.#pieces[piece];
      if (pattern?.kind === "many") {
        star = piece++;
        starAt = at;
      } else if (pattern !== undefined && fits(pattern, chars[at] ?? "")) {
        piece++;
        at++;
      } else if (star >= 0) {
        piece = star + 1;
        at = ++starAt;
      } else return false;
    }
    while (this.#pieces[piece]?.kind === "many") piece++;
    return piece === this.#pieces.length;
  }
}

function fits(piece: Piece, char: string): boolean {
  switch (piece.kind) {
    case "text":
      return piece.char === char;
    case "class": {
      const point = char.codePointAt(0) ?? 0;
      const inside = piece.ranges.some(([low, high]) => point >= (low.codePointAt(0) ?? 0) && point <= (high.codePointAt(0) ?? 0));
      return inside !== piece.negated;
    }
    default:
      return true;
  }
}

function piecesOf(chars: readonly string[]): readonly Piece[] {
  const pieces: Piece[] = [];
  for (let at = 0; at < chars.length; at++) {
    const char = chars[at] ?? "";
    if (char === "*") pieces.push({ kind: "many" });
    else if (char === "?") pieces.push({ kind: "any" });
    else if (char === "\\" && at + 1 < chars.length) pieces.push({ kind: "text", char: chars[++at] ?? "" });
    else if (char === "[") {
      const found = classAt(chars, at);
      if (found === undefined) pieces.push({ kind: "text", char });
      else {
        pieces.push(found.piece);
        at = found.last;
      }
    } else pieces.push({ kind: "text", char });
  }
  return pieces;
}

function classAt(chars: readonly string[], start: number): { readonly piece: Piece; readonly last: number } | undefined {
  let at = start + 1;
  const negated = chars[at] === "!" || chars[at] === "^";
  if (negated) at++;
  const ranges: (readonly [string, string])[] = [];
  for (let first = true; at < chars.length; first = false, at++) {
    let low = chars[at] ?? "";
    if (low === "]" && !first) return { piece: { kind: "class", negated, ranges }, last: at };
    if (low === "\\" && at + 1 < chars.length) low = chars[++at] ?? "";
    const high = chars[at + 2];
    if (chars[at + 1] === "-" && high !== undefined && high !== "]") {
      ranges.push([low, high]);
      at += 2;
    } else ranges.push([low, low]);
  }
  return undefined;
}

/** Whether a path has a character that a pattern gives a meaning to. */
export function hasWildcard(path: string): boolean {
  return /[*?[{\\]/.test(path);
}
