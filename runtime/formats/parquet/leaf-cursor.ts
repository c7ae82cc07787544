import type { LeafPage, LeafPages } from "./leaf-pages.ts";

const noPage: LeafPage = { count: 0, definitions: undefined, repetitions: undefined, values: [] };

/** Goes through the entries of a leaf. */
export class LeafCursor {
  readonly #pages: LeafPages;
  /** The level at which an entry has a value. */
  readonly #level: number;
  #page: LeafPage = noPage;
  #entry = 0;
  #value = 0;

  constructor(pages: LeafPages, level: number) {
    this.#pages = pages;
    this.#level = level;
  }

  /** The definition level of the entry at hand, which must be there. */
  definition(): number {
    if (!this.#load()) throw new RangeError("a column ends before its rows do");
    return this.#page.definitions?.[this.#entry] ?? this.#level;
  }

  /** The repetition level of the entry at hand; 0 at the end. */
  repetition(): number {
    return this.#load() ? (this.#page.repetitions?.[this.#entry] ?? 0) : 0;
  }

  /** The value of the entry at hand, undefined where it has none, and goes on. */
  take(): unknown {
    const isThere = this.definition() === this.#level;
    this.#entry++;
    return isThere ? this.#page.values[this.#value++] : undefined;
  }

  /** Passes over the entry at hand and those that repeat it within one of a level. */
  skip(level: number): void {
    do this.take();
    while (this.repetition() > level);
  }

  #load(): boolean {
    if (this.#entry < this.#page.count) return true;
    const next = this.#pages.next();
    if (next === undefined) return false;
    this.#page = next;
    this.#entry = 0;
    this.#value = 0;
    return true;
  }
}
