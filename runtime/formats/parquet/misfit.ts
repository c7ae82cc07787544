/** A value of a file that does not fit the declared column: what is said of it. */
export class Misfit {
  /** `is 3000000000, which is no int`. */
  readonly message: string;
  readonly #found: string;

  constructor(found: string, type: string) {
    this.message = `is ${found.length > 40 ? `${found.slice(0, 40)}…` : found}, which is no ${type}`;
    this.#found = found;
  }

  /** For whoever is shown the row. */
  toJSON(): string | number {
    return /^-?\d+$/.test(this.#found) && Number.isSafeInteger(Number(this.#found)) ? Number(this.#found) : this.#found;
  }
}
