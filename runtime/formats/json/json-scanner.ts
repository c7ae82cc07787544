import type { JsonSyntax } from "./json-options.ts";

/** The text is not well-formed JSON; the message says what and where. */
export class JsonSyntaxProblem extends Error {}

/** How deep objects and arrays may be nested (Jackson's limit). */
const depthLimit = 1000;

const escapes: ReadonlyMap<string, string> = new Map([
  ["b", "\b"], ["f", "\f"], ["n", "\n"], ["r", "\r"], ["t", "\t"], ['"', '"'], ["'", "'"], ["\\", "\\"], ["/", "/"],
]);

/** What a value begins with. */
export type JsonToken = "string" | "number" | "object" | "array" | "true" | "false" | "null" | "end";

/**
 * Walks over one JSON text as Spark's reader takes it (Jackson with single quotes and non-numeric numbers allowed): strings in
 * either quotes, `NaN`, `Infinity`; no comments, no trailing commas, no leading zeros, no control characters in strings, unless
 * `syntax` says otherwise.
 */
export class JsonScanner {
  readonly text: string;
  at = 0;
  #depth = 0;
  readonly #syntax: JsonSyntax;
  readonly #singleQuotes: boolean;

  constructor(text: string, syntax: JsonSyntax = {}) {
    this.text = text;
    this.#syntax = syntax;
    this.#singleQuotes = syntax.allowSingleQuotes ?? true;
  }

  /** Moves to the next token and says what it is. */
  peek(): JsonToken {
    this.blank();
    const unit = this.text.charCodeAt(this.at);
    if (unit === 0x22 || (unit === 0x27 && this.#singleQuotes)) return "string";
    if (unit === 0x7b) return "object";
    if (unit === 0x5b) return "array";
    if (unit === 0x2d || (unit >= 0x30 && unit <= 0x39)) return "number";
    if (unit === 0x74) return "true";
    if (unit === 0x66) return "false";
    if (unit === 0x6e) return "null";
    if (unit === 0x2b || unit === 0x4e || unit === 0x49) return "number";
    return Number.isNaN(unit) ? "end" : this.fail("a value");
  }

  /** Passes white space. */
  blank(): void {
    for (;;) {
      const unit = this.text.charCodeAt(this.at);
      if (unit === 0x20 || unit === 0x09 || unit === 0x0a || unit === 0x0d) this.at++;
      else if (unit !== 0x2f || this.#syntax.allowComments !== true || !this.#comment()) return;
    }
  }

  /** Passes one of the words `true`, `false`, `null`. */
  word(word: string): void {
    if (!this.text.startsWith(word, this.at)) this.fail("a value");
    this.at += word.length;
  }

  /** Passes a string and gives its value; unpaired surrogates become `?`, as Java encodes them. */
  string(): string {
    const quote = this.text.charCodeAt(this.at);
    const from = ++this.at;
    for (let at = from; ; at++) {
      const unit = this.text.charCodeAt(at);
      if (unit === quote) {
        this.at = at + 1;
        return this.text.slice(from, at);
      }
      if (unit === 0x5c) return this.#escapedString(quote, from, at);
      if (!(unit >= 0x20) && !this.#isAllowedControl(unit)) {
        this.at = at;
        this.#inString();
      }
    }
  }

  /** Passes a number and gives its text; also `NaN`, `Infinity`, `-Infinity`, `+Infinity`, `-INF`, `+INF`. */
  number(): string {
    const match = this.#syntax.allowNumericLeadingZeros === true ? (zerosForm(this.text, this.at) ?? numberForm(this.text, this.at)) : numberForm(this.text, this.at);
    if (match === undefined || (this.#syntax.allowNonNumericNumbers === false && /[NI]/.test(match))) return this.fail("a number");
    this.at += match.length;
    return match;
  }

  /** Passes the brace or bracket that opens. */
  open(): void {
    this.at++;
    if (++this.#depth > depthLimit) throw new JsonSyntaxProblem(`objects and arrays are nested more than ${depthLimit} deep`);
  }

  /** After an opening or a member: whether another member follows. Passes the comma, or the closing brace or bracket. */
  more(first: boolean, close: number): boolean {
    this.blank();
    const unit = this.text.charCodeAt(this.at);
    if (unit === close) {
      this.at++;
      this.#depth--;
      return false;
    }
    if (first) return true;
    if (unit !== 0x2c) return this.fail(close === 0x7d ? "`,` or `}`" : "`,` or `]`");
    this.at++;
    return true;
  }

  /** Passes a member's name and the colon. */
  name(): string {
    this.blank();
    const unit = this.text.charCodeAt(this.at);
    const isQuoted = unit === 0x22 || (unit === 0x27 && this.#singleQuotes);
    const name = isQuoted ? this.string() : this.#bareName();
    this.blank();
    if (this.text.charCodeAt(this.at) !== 0x3a) return this.fail("`:`");
    this.at++;
    return name;
  }

  /** Passes a whole value, checking its form. */
  skip(): void {
    const token = this.peek();
    switch (token) {
      case "string":
        this.string();
        return;
      case "number":
        this.number();
        return;
      case "object":
        this.open();
        for (let first = true; this.more(first, 0x7d); first = false) {
          this.name();
          this.skip();
        }
        return;
      case "array":
        this.open();
        for (let first = true; this.more(first, 0x5d); first = false) this.skip();
        return;
      case "end":
        this.fail("a value");
        return;
      default:
        this.word(token);
    }
  }

  /** Throws: something else was expected here. */
  fail(expected: string): never {
    const point = this.text.codePointAt(this.at);
    const found = point === undefined ? "the text ends" : `${JSON.stringify(String.fromCodePoint(point))} stands`;
    throw new JsonSyntaxProblem(`${found} at character ${this.at + 1}, where ${expected} should be`);
  }

  #escapedString(quote: number, from: number, firstEscape: number): string {
    let out = this.text.slice(from, firstEscape);
    this.at = firstEscape;
    for (;;) {
      const unit = this.text.charCodeAt(this.at);
      if (unit === quote) {
        this.at++;
        return out.replace(/\p{Surrogate}/gu, "?");
      }
      if (unit === 0x5c) out += this.#escape();
      else if (!(unit >= 0x20) && !this.#isAllowedControl(unit)) this.#inString();
      else {
        out += this.text.charAt(this.at);
        this.at++;
      }
    }
  }

  #escape(): string {
    const letter = this.text.charAt(this.at + 1);
    if (letter === "u") {
      const digits = this.text.slice(this.at + 2, this.at + 6);
      if (!/^[0-9A-Fa-f]{4}$/.test(digits)) this.fail("an escape with four hexadecimal digits");
      this.at += 6;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    const value = escapes.get(letter) ?? (this.#syntax.allowBackslashEscapingAnyCharacter === true && letter !== "" ? letter : undefined);
    if (value === undefined) return this.fail("an escape that JSON has");
    this.at += 2;
    return value;
  }

  /** A name without quotes: what Jackson takes for one. */
  #bareName(): string {
    bareName.lastIndex = this.at;
    const found = this.#syntax.allowUnquotedFieldNames === true ? bareName.exec(this.text)?.[0] : undefined;
    if (found === undefined) return this.fail("a field name in quotes");
    this.at += found.length;
    return found;
  }

  /** Passes a comment; false where there is none. */
  #comment(): boolean {
    comment.lastIndex = this.at;
    const found = comment.exec(this.text)?.[0];
    this.at += found?.length ?? 0;
    return found !== undefined;
  }

  #isAllowedControl(unit: number): boolean {
    return unit < 0x20 && this.#syntax.allowUnquotedControlChars === true;
  }

  #inString(): never {
    return this.fail(this.at >= this.text.length ? "the end of a string" : "no control character (a string writes it with an escape)");
  }
}

const jsonNumber = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const leadingZeros = /-?0+(?=[0-9])/y;
const bareName = /[\p{L}\p{N}_$@#*+-]+/uy;
const comment = /\/\*[^]*?\*\/|\/\/[^\n\r]*/y;
const nonNumber = /NaN|[+-]?Infinity|[+-]INF/y;

/** A number behind zeros that JSON does not allow. */
function zerosForm(text: string, at: number): string | undefined {
  leadingZeros.lastIndex = at;
  const zeros = leadingZeros.exec(text)?.[0];
  if (zeros === undefined) return undefined;
  const rest = anyForm(text, at + zeros.length);
  return rest === undefined ? undefined : zeros + rest;
}

function numberForm(text: string, at: number): string | undefined {
  return wholeForm(text, at) ?? anyForm(text, at);
}

/** The common case: digits without a leading zero, and nothing of a number behind them. */
function wholeForm(text: string, at: number): string | undefined {
  let end = at;
  let unit = text.charCodeAt(end);
  if (unit === 0x30) return undefined;
  while (unit >= 0x30 && unit <= 0x39) unit = text.charCodeAt(++end);
  return end > at && (unit === 0x2c || unit === 0x7d || unit === 0x5d) ? text.slice(at, end) : undefined;
}

function anyForm(text: string, at: number): string | undefined {
  jsonNumber.lastIndex = at;
  const plain = jsonNumber.exec(text);
  if (plain !== null) {
    // `01` and `1.` are the start of a number and no number.
    const next = text.charCodeAt(at + plain[0].length);
    return (next >= 0x30 && next <= 0x39) || next === 0x2e ? undefined : plain[0];
  }
  nonNumber.lastIndex = at;
  return nonNumber.exec(text)?.[0];
}
