import { Code, Precedence } from "./code.ts";

/** Words that cannot name a variable in a strict-mode module, and globals that emitted code uses or must not shadow. */
const reserved: ReadonlySet<string> = new Set(
  ("await break case catch class const continue debugger default delete do else enum export extends false finally for function if implements import in " +
    "instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield " +
    "arguments eval undefined NaN Infinity Object Array Math Number String Boolean BigInt Map Set Symbol Error Function Float64Array Int32Array Uint8Array " +
    "globalThis process require module exports __proto__ constructor prototype async of get set type as any unknown never number string boolean bigint object").split(" "),
);

const none: ReadonlySet<string> = new Set();

/**
 * Hands out local names: the user's own where it can be one, with a digit added on collision. A child scope sees its
 * parents' names as taken.
 */
export class Scope {
  readonly #taken: Set<string>;
  readonly #parent: Scope | undefined;

  constructor(taken: Iterable<string> = [], parent?: Scope) {
    this.#taken = new Set(taken);
    this.#parent = parent;
  }

  /** `taken`: names that are in use there already. */
  child(taken: readonly string[] = []): Scope {
    return new Scope(taken, this);
  }

  has(name: string): boolean {
    return reserved.has(name) || this.#taken.has(name) || (this.#parent?.has(name) ?? false);
  }

  /** A fresh variable whose name is as near to `hint` as can be; `others` are names that it may not have either. */
  name(hint: string, others: ReadonlySet<string> = none): Code {
    const base = identifierFrom(hint);
    let name = base;
    for (let n = 2; this.has(name) || others.has(name); n++) name = `${base}${n}`;
    this.#taken.add(name);
    return new Code(name, Precedence.primary, []);
  }
}

/** Turns any text into an identifier: other characters become word breaks in camel case. */
export function identifierFrom(text: string): string {
  if (/^[A-Za-z_$][A-Za-z0-9_$]*$/.test(text)) return text.length > 60 ? text.slice(0, 60) : text;
  const words = text.split(/[^A-Za-z0-9_$]+/).filter((word) => word !== "");
  const joined = words.map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join("").slice(0, 60);
  if (joined === "") return "column";
  return /^[0-9]/.test(joined) ? `_${joined}` : joined;
}

/** Turns any text into the usual form of a type's name: `record_count` → `RecordCount`. */
export function typeNameFrom(text: string): string {
  const words = identifierFrom(text).split("_").filter((word) => word !== "");
  return words.length === 0 ? "Columns" : words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}
