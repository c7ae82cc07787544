import { anyCharacter, charSet, complementOf, perlClasses, unionOf, type CharSet } from "./char-set.ts";
import type { Alternatives, OneCharacter, RegexNode } from "./regex-node.ts";

/**
 * Parses the part of RE2's syntax that means the same in JavaScript once written with care: literals, classes, `.`, anchors,
 * groups, alternatives, quantifiers. Anything else (flags, Unicode classes, octal escapes, `\Q`) gives undefined: the linear
 * engine takes it. The pattern must already be known to be RE2's.
 */
export function parseRegex(pattern: string): Alternatives | undefined {
  const parser = new RegexParser([...pattern]);
  try {
    const result = parser.alternatives();
    return parser.atEnd() ? result : undefined;
  } catch (error) {
    if (error instanceof Unsupported) return undefined;
    throw error;
  }
}

/** Thrown inside this file only: the pattern is left to the linear engine. */
class Unsupported extends Error {}

const controls: ReadonlyMap<string, number> = new Map([["t", 9], ["n", 10], ["f", 12], ["r", 13], ["a", 7], ["v", 11]]);
const punctuation = /^[!-/:-@[-`{-~]$/;

class RegexParser {
  readonly #input: readonly string[];
  #at = 0;

  constructor(input: readonly string[]) {
    this.#input = input;
  }

  atEnd(): boolean {
    return this.#at >= this.#input.length;
  }

  alternatives(): Alternatives {
    const all: (readonly RegexNode[])[] = [];
    do all.push(this.#sequence());
    while (this.#take("|"));
    return all;
  }

  #sequence(): readonly RegexNode[] {
    const nodes: RegexNode[] = [];
    while (!this.atEnd() && this.#peek() !== "|" && this.#peek() !== ")") nodes.push(this.#quantified(this.#atom()));
    return nodes;
  }

  #atom(): RegexNode {
    const character = this.#next();
    switch (character) {
      case "^":
        return { kind: "start" };
      case "$":
        return { kind: "end" };
      case ".":
        return one(complementOf([[10, 10]]), "[^\\n]");
      case "[":
        return this.#class();
      case "(":
        return this.#group();
      case "\\":
        return this.#escape();
      case "*":
      case "+":
      case "?":
      case "{":
        throw new Unsupported();
      default:
        return literal(character);
    }
  }

  #group(): RegexNode {
    let captures = true;
    let name: string | undefined;
    if (this.#take("?")) {
      if (this.#take(":")) captures = false;
      else name = this.#groupName();
    }
    const alternatives = this.alternatives();
    if (!this.#take(")")) throw new Unsupported();
    return { kind: "group", captures, name, alternatives };
  }

  #groupName(): string {
    this.#take("P");
    if (!this.#take("<")) throw new Unsupported();
    let name = "";
    while (!this.#take(">")) name += this.#next();
    if (!/^[A-Za-z_]\w*$/.test(name)) throw new Unsupported();
    return name;
  }

  #escape(): RegexNode {
    const character = this.#next();
    if (character === "A") return { kind: "start" };
    if (character === "z") return { kind: "end" };
    if (character === "b" || character === "B") return { kind: "boundary", negated: character === "B" };
    const perl = perlClasses.get(character.toLowerCase());
    if (perl !== undefined) {
      const negated = character !== character.toLowerCase();
      const text = perl.text.startsWith("\\t") ? `[${negated ? "^" : ""}${perl.text}]` : `\\${character}`;
      return one(negated ? complementOf(perl.set) : perl.set, text);
    }
    return literal(String.fromCodePoint(this.#escapedCharacter(character)));
  }

  #escapedCharacter(character: string): number {
    const control = controls.get(character);
    if (control !== undefined) return control;
    if (character === "x") return this.#hex();
    if (!punctuation.test(character)) throw new Unsupported();
    return codePoint(character);
  }

  #hex(): number {
    let digits = "";
    if (this.#take("{")) while (!this.#take("}")) digits += this.#next();
    else digits = this.#next() + this.#next();
    if (!/^[0-9A-Fa-f]{1,6}$/.test(digits)) throw new Unsupported();
    return Number.parseInt(digits, 16);
  }

  #class(): OneCharacter {
    const negated = this.#take("^");
    const sets: CharSet[] = [];
    let text = "";
    let first = true;
    while (first || this.#peek() !== "]") {
      first = false;
      const character = this.#next();
      if (character === "[") throw new Unsupported();
      if (character === "\\") {
        const escaped = this.#next();
        const perl = perlClasses.get(escaped);
        if (perl !== undefined) {
          sets.push(perl.set);
          text += perl.text;
          continue;
        }
        const low = this.#escapedCharacter(escaped);
        const high = this.#rangeEnd(low);
        sets.push([[low, high]]);
        text += rangeText(low, high);
        continue;
      }
      const low = codePoint(character);
      const high = this.#rangeEnd(low);
      sets.push([[low, high]]);
      text += rangeText(low, high);
    }
    this.#next();
    const set = unionOf(...sets);
    return one(negated ? complementOf(set) : set, `[${negated ? "^" : ""}${text}]`);
  }

  #rangeEnd(low: number): number {
    if (this.#peek() !== "-" || this.#input[this.#at + 1] === "]") return low;
    this.#next();
    const character = this.#next();
    if (character === "[") throw new Unsupported();
    const high = character === "\\" ? this.#escapedCharacter(this.#next()) : codePoint(character);
    if (high < low) throw new Unsupported();
    return high;
  }

  #quantified(atom: RegexNode): RegexNode {
    const quantifier = this.#quantifier();
    if (quantifier === undefined) return atom;
    if (atom.kind !== "one" && atom.kind !== "group") throw new Unsupported();
    const node: RegexNode = { kind: "repeat", body: atom, min: quantifier[0], max: quantifier[1], lazy: this.#take("?") };
    if ("*+?{".includes(this.#peek() || " ")) throw new Unsupported();
    return node;
  }

  #quantifier(): readonly [min: number, max: number] | undefined {
    if (this.#take("*")) return [0, Infinity];
    if (this.#take("+")) return [1, Infinity];
    if (this.#take("?")) return [0, 1];
    if (this.#peek() !== "{") return undefined;
    const match = /^\{(\d{1,4})(,(\d{0,4}))?\}/.exec(this.#input.slice(this.#at, this.#at + 12).join(""));
    if (match === null) throw new Unsupported();
    this.#at += match[0].length;
    const min = Number(match[1]);
    return [min, match[2] === undefined ? min : match[3] === "" ? Infinity : Number(match[3])];
  }

  #peek(): string {
    return this.#input[this.#at] ?? "";
  }

  #next(): string {
    const character = this.#input[this.#at];
    if (character === undefined) throw new Unsupported();
    this.#at++;
    return character;
  }

  #take(character: string): boolean {
    if (this.#input[this.#at] !== character) return false;
    this.#at++;
    return true;
  }
}

function one(set: CharSet, text: string): OneCharacter {
  if (set.length === 0 || set === anyCharacter) throw new Unsupported();
  return { kind: "one", set, text, literal: undefined };
}

function literal(character: string): OneCharacter {
  const point = codePoint(character);
  return { kind: "one", set: charSet([[point, point]]), text: characterText(point), literal: character };
}

function codePoint(character: string): number {
  const point = character.codePointAt(0) ?? 0;
  if (point >= 0xd800 && point <= 0xdfff) throw new Unsupported();
  return point;
}

function rangeText(low: number, high: number): string {
  return low === high ? classText(low) : `${classText(low)}-${classText(high)}`;
}

/** A character as JavaScript writes it in a pattern with the `u` flag, outside of a class. */
function characterText(point: number): string {
  return /^[\\^$.*+?()[\]{}|]$/.test(String.fromCodePoint(point)) ? `\\${String.fromCodePoint(point)}` : visible(point);
}

/** The same inside a class. */
function classText(point: number): string {
  return /^[\\\]^[-]$/.test(String.fromCodePoint(point)) ? `\\${String.fromCodePoint(point)}` : visible(point);
}

function visible(point: number): string {
  return point < 32 || point === 127 ? `\\x${point.toString(16).padStart(2, "0")}` : String.fromCodePoint(point);
}
