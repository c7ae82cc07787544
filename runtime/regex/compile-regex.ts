import { RE2JS, type Matcher } from "re2js";
import { RowError } from "../errors/row-error.ts";
import { javaHabit } from "../functions/java-habit.ts";
import type { MatchCursor, TextPattern } from "../functions/text-pattern.ts";
import { thrownMessage } from "../errors/thrown-message.ts";

/** Compiles a pattern of RE2's syntax for the linear-time engine. A text that is no pattern is a `RowError`. */
export function compileRegex(source: string): TextPattern {
  const habit = javaHabit(source);
  if (habit !== undefined) throw new RowError("INVALID_PARAMETER_VALUE", `the pattern ${JSON.stringify(source)} ${habit}`);
  try {
    return new Re2Pattern(RE2JS.compile(source));
  } catch (error) {
    throw new RowError("INVALID_PARAMETER_VALUE", `${JSON.stringify(source)} is not a regular expression: ${thrownMessage(error)}`);
  }
}

class Re2Pattern implements TextPattern {
  readonly groupCount: number;
  readonly #regex: RE2JS;
  readonly #names: ReadonlyMap<string, number>;

  constructor(regex: RE2JS) {
    this.#regex = regex;
    this.groupCount = regex.groupCount();
    this.#names = new Map(Object.entries(regex.namedGroups()));
  }

  groupNumber(name: string): number | undefined {
    return this.#names.get(name);
  }

  matches(text: string): boolean {
    return this.#regex.test(text);
  }

  search(text: string): MatchCursor {
    return new Re2Cursor(this.#regex.matcher(text));
  }
}

class Re2Cursor implements MatchCursor {
  start = 0;
  end = 0;
  readonly #matcher: Matcher;

  constructor(matcher: Matcher) {
    this.#matcher = matcher;
  }

  next(): boolean {
    if (!this.#matcher.find()) return false;
    this.start = this.#matcher.start();
    this.end = this.#matcher.end();
    return true;
  }

  group(number: number): string | undefined {
    return this.#matcher.group(number) ?? undefined;
  }
}
