/** JSON whose integers keep all their digits: those beyond 2^53 are bigints. Objects have no prototype, so any text may be a key. */
export type ExactJson = null | boolean | number | bigint | string | readonly ExactJson[] | ExactJsonObject;

export interface ExactJsonObject {
  readonly [key: string]: ExactJson;
}

export function isJsonObject(value: ExactJson | undefined): value is ExactJsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An object without a prototype from its entries. */
export function jsonObject(entries: Iterable<readonly [string, ExactJson]>): ExactJsonObject {
  const object: Record<string, ExactJson> = Object.create(null);
  for (const [key, value] of entries) object[key] = value;
  return object;
}

/** The text of a value, without spaces. Numbers must be finite. */
export function writeExactJson(value: ExactJson): string {
  if (typeof value === "bigint") return value.toString();
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new TypeError(`not a JSON number: ${value}`);
    return JSON.stringify(value);
  }
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (isJsonArray(value)) return `[${value.map(writeExactJson).join(",")}]`;
  return `{${Object.entries(value).map(([key, field]) => `${JSON.stringify(key)}:${writeExactJson(field)}`).join(",")}}`;
}

/** Reads JSON text; throws a `SyntaxError` that says where. */
export function parseExactJson(text: string): ExactJson {
  return new ExactJsonParser(text).document();
}

function isJsonArray(value: readonly ExactJson[] | ExactJsonObject): value is readonly ExactJson[] {
  return Array.isArray(value);
}

const stringToken = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const numberToken = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
const spaces = /[ \t\r\n]*/y;

class ExactJsonParser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): ExactJson {
    const value = this.#value(0);
    this.#skipSpaces();
    if (this.#at < this.#text.length) this.#fail();
    return value;
  }

  #value(depth: number): ExactJson {
    if (depth > 100) this.#fail();
    this.#skipSpaces();
    switch (this.#text[this.#at]) {
      case "{": return this.#object(depth);
      case "[": return this.#array(depth);
      case '"': return this.#string();
      case "t": return this.#word("true", true);
      case "f": return this.#word("false", false);
      case "n": return this.#word("null", null);
      default: return this.#number();
    }
  }

  #object(depth: number): ExactJson {
    const entries: [string, ExactJson][] = [];
    this.#at++;
    if (this.#takes("}")) return jsonObject(entries);
    do {
      this.#skipSpaces();
      const key = this.#string();
      if (!this.#takes(":")) this.#fail();
      entries.push([key, this.#value(depth + 1)]);
    } while (this.#takes(","));
    if (!this.#takes("}")) this.#fail();
    return jsonObject(entries);
  }

  #array(depth: number): ExactJson {
    const elements: ExactJson[] = [];
    this.#at++;
    if (this.#takes("]")) return elements;
    do elements.push(this.#value(depth + 1));
    while (this.#takes(","));
    if (!this.#takes("]")) this.#fail();
    return elements;
  }

  #string(): string {
    const value: unknown = JSON.parse(this.#match(stringToken));
    if (typeof value !== "string") this.#fail();
    return value;
  }

  #number(): number | bigint {
    const token = this.#match(numberToken);
    const value = Number(token);
    return Number.isSafeInteger(value) || /[.eE]/.test(token) ? value : BigInt(token);
  }

  #word<T>(word: string, value: T): T {
    if (!this.#text.startsWith(word, this.#at)) this.#fail();
    this.#at += word.length;
    return value;
  }

  #takes(character: string): boolean {
    this.#skipSpaces();
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #match(token: RegExp): string {
    token.lastIndex = this.#at;
    const found = token.exec(this.#text);
    if (found === null) this.#fail();
    this.#at = token.lastIndex;
    return found[0];
  }

  #skipSpaces(): void {
    spaces.lastIndex = this.#at;
    spaces.exec(this.#text);
    this.#at = spaces.lastIndex;
  }

  #fail(): never {
    throw new SyntaxError(`not JSON at character ${this.#at}`);
  }
}
