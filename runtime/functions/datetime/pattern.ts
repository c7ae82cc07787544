/** A letter of a datetime pattern with how often it stands there, a fixed text, or a part that may be missing. */
export type PatternItem =
  | { readonly kind: "field"; readonly letter: string; readonly count: number }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "optional"; readonly items: readonly PatternItem[] };

/** What the pattern is for: some letters can be printed and not read. */
export type PatternUse = "format" | "parse";

/** Why a pattern is refused, in words that complete “the pattern `…`”. */
export interface PatternProblem {
  readonly problem: string;
}

/**
 * Reads a datetime pattern: Java's letters as far as Spark allows them (DateTimeFormatterHelper): no week-based years, no narrow
 * texts, no day of week or quarter in a text to be read.
 */
export function readPattern(pattern: string, use: PatternUse): readonly PatternItem[] | PatternProblem {
  const reader = new PatternReader(pattern, use);
  const items = reader.items(0);
  return reader.problem === undefined ? items : { problem: reader.problem };
}

const weekBased = "YWwuec";
const neverAllowed = "ABnNp";
const notReadable = "EFqQ";
/** How often each letter may stand in a row. */
const mostLetters: ReadonlyMap<string, number> = new Map([
  ["G", 4], ["y", 6], ["M", 4], ["L", 4], ["d", 2], ["D", 3], ["E", 4], ["Q", 4], ["q", 4], ["F", 1], ["a", 1],
  ["H", 2], ["h", 2], ["K", 2], ["k", 2], ["m", 2], ["s", 2], ["S", 9], ["V", 2], ["z", 4], ["O", 4], ["X", 5], ["x", 5], ["Z", 5],
]);

class PatternReader {
  problem: string | undefined;
  readonly #pattern: string;
  readonly #use: PatternUse;
  #at = 0;

  constructor(pattern: string, use: PatternUse) {
    this.#pattern = pattern;
    this.#use = use;
  }

  items(depth: number): readonly PatternItem[] {
    const items: PatternItem[] = [];
    while (this.#at < this.#pattern.length && this.problem === undefined) {
      const character = this.#pattern.charAt(this.#at);
      if (/[A-Za-z]/.test(character)) items.push(this.#field(character));
      else if (character === "'") items.push({ kind: "text", text: this.#quoted() });
      else if (character === "[") {
        this.#at++;
        items.push({ kind: "optional", items: this.items(depth + 1) });
      } else if (character === "]") {
        this.#at++;
        if (depth > 0) return items;
        this.problem = "has a `]` without a `[`";
      } else if (/[{}#]/.test(character)) this.problem = `has the reserved character \`${character}\`; put it in single quotes`;
      else {
        items.push({ kind: "text", text: character });
        this.#at++;
      }
    }
    return items;
  }

  #field(letter: string): PatternItem {
    const from = this.#at;
    while (this.#pattern.charAt(this.#at) === letter) this.#at++;
    const count = this.#at - from;
    const most = mostLetters.get(letter);
    if (weekBased.includes(letter)) this.problem = `uses the week-based letter \`${letter}\`${letter === "Y" ? "; the calendar year is `y`" : ""}`;
    else if (neverAllowed.includes(letter)) this.problem = `uses the letter \`${letter}\`, which Spark's patterns have not`;
    else if (this.#use === "parse" && notReadable.includes(letter)) this.problem = `uses the letter \`${letter}\`, which can be printed and not read`;
    else if (most === undefined) this.problem = `uses \`${letter}\`, which is no letter of a datetime pattern; put text in single quotes`;
    else if (count > most) this.problem = `has ${count} times \`${letter}\`; at most ${most} have a meaning`;
    else if (letter === "V" && count !== 2) this.problem = "has one `V`; the zone id is `VV`";
    else if (letter === "O" && count !== 1 && count !== 4) this.problem = "has `O` two or three times; it is `O` or `OOOO`";
    return { kind: "field", letter, count };
  }

  #quoted(): string {
    this.#at++;
    if (this.#pattern.charAt(this.#at) === "'") {
      this.#at++;
      return "'";
    }
    let text = "";
    for (;;) {
      const character = this.#pattern.charAt(this.#at++);
      if (character === "") {
        this.problem = "has a single quote that is not closed";
        return text;
      }
      if (character !== "'") text += character;
      else if (this.#pattern.charAt(this.#at) === "'") {
        text += "'";
        this.#at++;
      } else return text;
    }
  }
}
