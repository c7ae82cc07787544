import type { MatchCursor, TextPattern } from "./text-pattern.ts";

/**
 * A pattern for the engine of JavaScript itself. Emitted only where the compiler has proven that it is linear there and means
 * the same as in RE2; `source` is already in JavaScript's syntax, for the `u` flag.
 */
export function nativePattern(source: string): TextPattern {
  return new NativePattern(source);
}

class NativePattern implements TextPattern {
  readonly groupCount: number;
  readonly #source: string;
  readonly #regex: RegExp;
  readonly #names: ReadonlyMap<string, number>;

  constructor(source: string) {
    this.#source = source;
    this.#regex = new RegExp(source, "u");
    const probe = new RegExp(`(?:${source})|`, "u").exec("");
    this.groupCount = (probe?.length ?? 1) - 1;
    this.#names = namedGroups(source);
  }

  groupNumber(name: string): number | undefined {
    return this.#names.get(name);
  }

  matches(text: string): boolean {
    return this.#regex.test(text);
  }

  search(text: string): MatchCursor {
    return new NativeCursor(new RegExp(this.#source, "gu"), text);
  }
}

class NativeCursor implements MatchCursor {
  start = 0;
  end = 0;
  readonly #regex: RegExp;
  readonly #text: string;
  #groups: readonly (string | undefined)[] = [];

  constructor(regex: RegExp, text: string) {
    this.#regex = regex;
    this.#text = text;
  }

  next(): boolean {
    const match = this.#regex.exec(this.#text);
    if (match === null) return false;
    this.start = match.index;
    this.end = this.#regex.lastIndex;
    if (this.end === this.start) this.#regex.lastIndex += (this.#text.codePointAt(this.end) ?? 0) > 0xffff ? 2 : 1;
    this.#groups = match;
    return true;
  }

  group(number: number): string | undefined {
    return this.#groups[number];
  }
}

/** The numbers of the named groups: every unescaped `(` outside a class that is not `(?:` opens one. */
function namedGroups(source: string): ReadonlyMap<string, number> {
  const names = new Map<string, number>();
  let count = 0;
  let inClass = false;
  for (let at = 0; at < source.length; at++) {
    const character = source[at];
    if (character === "\\") at++;
    else if (inClass) inClass = character !== "]";
    else if (character === "[") inClass = true;
    else if (character === "(" && !source.startsWith("(?:", at)) {
      count++;
      const name = /^\(\?<([^>]+)>/.exec(source.slice(at))?.[1];
      if (name !== undefined) names.set(name, count);
    }
  }
  return names;
}
