/** A pattern for Java's engine, and the numbers of its named groups. */
export interface JavaPattern {
  readonly source: string;
  readonly groups: ReadonlyMap<string, number>;
}

/**
 * Writes a pattern of RE2's syntax so that `java.util.regex` (17 and later, no flags) matches the same: `$` is the end of the text and not before a last line
 * end, lines end in `\n` alone, `\s` has no vertical tab, `\b` is of ASCII, `(?i)` of all letters, `[` within a class is itself, names of groups may have
 * underscores. The pattern must be one that the catalogue has accepted; look-around, back-references and flag `U` are not among them.
 */
export function javaPattern(pattern: string): JavaPattern {
  const writer = new JavaPatternWriter([...pattern]);
  const source = writer.alternatives({ dotAll: false, multiline: false });
  return { source, groups: writer.groups };
}

interface Flags {
  readonly dotAll: boolean;
  readonly multiline: boolean;
}

const wordEdge = "(?:(?<=\\w)(?!\\w)|(?<!\\w)(?=\\w))";
const noWordEdge = "(?:(?<=\\w)(?=\\w)|(?<!\\w)(?!\\w))";
const space = "\\t\\n\\f\\r ";

/** RE2's named classes as they stand within a class of Java, and their opposites. */
const namedClasses: ReadonlyMap<string, readonly [plain: string, negated: string]> = new Map([
  ["alnum", ["\\p{Alnum}", "\\P{Alnum}"]], ["alpha", ["\\p{Alpha}", "\\P{Alpha}"]], ["ascii", ["\\p{ASCII}", "\\P{ASCII}"]], ["blank", ["\\p{Blank}", "\\P{Blank}"]],
  ["cntrl", ["\\p{Cntrl}", "\\P{Cntrl}"]], ["digit", ["\\d", "\\D"]], ["graph", ["\\p{Graph}", "\\P{Graph}"]], ["lower", ["a-z", "\\x00-`{-\\x{10FFFF}"]],
  ["print", ["\\p{Print}", "\\P{Print}"]], ["punct", ["\\p{Punct}", "\\P{Punct}"]], ["space", ["\\s", "\\S"]], ["upper", ["A-Z", "\\x00-@\\[-\\x{10FFFF}"]],
  ["word", ["\\w", "\\W"]], ["xdigit", ["\\p{XDigit}", "\\P{XDigit}"]],
]);

class JavaPatternWriter {
  readonly groups = new Map<string, number>();
  readonly #input: readonly string[];
  #at = 0;
  #count = 0;

  constructor(input: readonly string[]) {
    this.#input = input;
  }

  /** Up to the end, or the `)` that closes a group. */
  alternatives(flags: Flags): string {
    let current = flags;
    let text = "";
    while (this.#at < this.#input.length && this.#peek() !== ")") {
      if (this.#peek() === "(" && this.#peek(1) === "?") {
        const changed = this.#flags(current);
        if (changed !== undefined) {
          text += changed.text;
          current = changed.flags;
          continue;
        }
      }
      text += this.#item(current);
    }
    return text;
  }

  #item(flags: Flags): string {
    const character = this.#next();
    switch (character) {
      case "^":
        return flags.multiline ? "(?:^|(?<=\\n))" : "^";
      case "$":
        return flags.multiline ? "(?![^\\n])" : "\\z";
      case ".":
        // Java's own `.` may begin within a pair of surrogates.
        return flags.dotAll ? "[\\s\\S]" : "[^\\n]";
      case "(":
        return this.#group(flags);
      case "[":
        return this.#class();
      case "\\":
        return this.#escape();
      case "{": {
        const rest = /^(?:\d+(?:,\d*)?)\}/.exec(this.#input.slice(this.#at, this.#at + 16).join(""))?.[0];
        if (rest === undefined) return "\\{";
        this.#at += rest.length;
        return `{${rest}`;
      }
      default:
        return character;
    }
  }

  /** `(?i)`, which goes on to the end of the group; undefined where the group holds something. */
  #flags(flags: Flags): { readonly text: string; readonly flags: Flags } | undefined {
    const match = /^\(\?([imsU]*)(?:-([imsU]+))?\)/.exec(this.#input.slice(this.#at, this.#at + 16).join(""));
    if (match === null) return undefined;
    this.#at += match[0].length;
    const java = javaFlags(match[1] ?? "", match[2] ?? "");
    return { text: java === "" ? "" : `(?${java})`, flags: changedFlags(flags, match[1] ?? "", match[2] ?? "") };
  }

  #group(flags: Flags): string {
    let opening = "(";
    let within = flags;
    if (this.#peek() === "?") {
      const match = /^\?(?:P?<(\w+)>|([imsU]*)(?:-([imsU]+))?:)/.exec(this.#input.slice(this.#at, this.#at + 200).join(""));
      this.#at += [...(match?.[0] ?? "")].length;
      const name = match?.[1];
      if (name === undefined) {
        opening = `(?${javaFlags(match?.[2] ?? "", match?.[3] ?? "")}:`;
        within = changedFlags(flags, match?.[2] ?? "", match?.[3] ?? "");
      } else {
        this.groups.set(name, ++this.#count);
        if (/^[A-Za-z][A-Za-z0-9]*$/.test(name)) opening = `(?<${name}>`;
      }
    } else this.#count++;
    const body = this.alternatives(within);
    this.#next();
    return `${opening}${body})`;
  }

  #escape(): string {
    const character = this.#next();
    switch (character) {
      case "b":
        return wordEdge;
      case "B":
        return noWordEdge;
      case "s":
        return `[${space}]`;
      case "S":
        return `[^${space}]`;
      case "Q":
        return this.#quoted();
      case "A":
      case "z":
      case "d":
      case "D":
      case "w":
      case "W":
        return `\\${character}`;
      case "p":
      case "P": {
        const property = this.#property(character);
        return property.length > 8 && property.includes("-") ? `[${property}]` : property;
      }
      default:
        return this.#escapedCharacter(character);
    }
  }

  #quoted(): string {
    let text = "";
    while (this.#at < this.#input.length && !(this.#peek() === "\\" && this.#peek(1) === "E")) text += plain(this.#next());
    this.#at += 2;
    return text;
  }

  #escapedCharacter(character: string): string {
    if ("tnfr".includes(character)) return `\\${character}`;
    if (character === "a") return "\\x07";
    if (character === "v") return "\\x0B";
    if (character === "x") {
      const digits = this.#peek() === "{" ? this.#until("}").slice(1) : this.#next() + this.#next();
      return `\\x{${digits}}`;
    }
    if (/[0-7]/.test(character)) {
      let digits = character;
      while (digits.length < 3 && /^[0-7]$/.test(this.#peek())) digits += this.#next();
      return `\\x{${Number.parseInt(digits, 8).toString(16)}}`;
    }
    return `\\${character}`;
  }

  /** The text up to a character, which is passed over. */
  #until(end: string): string {
    let text = "";
    while (this.#at < this.#input.length && this.#peek() !== end) text += this.#next();
    this.#next();
    return text;
  }

  /** `\pL`, `\p{Greek}`, `\P{^Lu}`: scripts have `Is` before their names in Java. */
  #property(letter: string): string {
    const written = this.#peek() === "{" ? this.#until("}").slice(1) : this.#next();
    const isNegated = (letter === "P") !== written.startsWith("^");
    const name = written.replace(/^\^/, "");
    if (name === "Any") return isNegated ? "\\P{IsAny}" : "\\x00-\\x{10FFFF}";
    return `\\${isNegated ? "P" : "p"}{${name.length > 2 ? `Is${name}` : name}}`;
  }

  #class(): string {
    const isNegated = this.#peek() === "^";
    if (isNegated) this.#next();
    let text = "";
    for (let first = true; first || this.#peek() !== "]"; first = false) {
      if (this.#at >= this.#input.length) break;
      text += this.#peek() === "]" ? this.#closing() : this.#classItem();
    }
    this.#next();
    return `[${isNegated ? "^" : ""}${text}]`;
  }

  /** A `]` that comes first is a character. */
  #closing(): string {
    this.#next();
    return "\\]";
  }

  #classItem(): string {
    const character = this.#next();
    if (character === "[" && this.#peek() === ":") {
      const match = /^:(\^?)(\w+):\]/.exec(this.#input.slice(this.#at, this.#at + 12).join(""));
      const named = namedClasses.get(match?.[2] ?? "");
      if (match !== null && named !== undefined) {
        this.#at += match[0].length;
        return match[1] === "^" ? named[1] : named[0];
      }
    }
    if (character !== "\\") return within(character);
    const escaped = this.#next();
    if (escaped === "s") return space;
    // All but Java's spaces, and the vertical tab, which is none of RE2's.
    if (escaped === "S") return "\\S\\x0B";
    if ("dDwW".includes(escaped)) return `\\${escaped}`;
    if (escaped === "p" || escaped === "P") return this.#property(escaped);
    return this.#escapedCharacter(escaped);
  }

  #peek(ahead = 0): string {
    return this.#input[this.#at + ahead] ?? "";
  }

  #next(): string {
    return this.#input[this.#at++] ?? "";
  }
}

function javaFlags(on: string, off: string): string {
  return off.includes("i") ? "-iu" : on.includes("i") ? "iu" : "";
}

function changedFlags(flags: Flags, on: string, off: string): Flags {
  return { dotAll: off.includes("s") ? false : on.includes("s") || flags.dotAll, multiline: off.includes("m") ? false : on.includes("m") || flags.multiline };
}

/** A character that stands for itself. */
function plain(character: string): string {
  return /^[\\^$.*+?()[\]{}|]$/.test(character) ? `\\${character}` : character;
}

/** The same within a class; a `-` stays, for it may make a range, and is last or first where it does not. */
function within(character: string): string {
  return /^[\\[&~]$/.test(character) ? `\\${character}` : character;
}
