/** Puts a word before each line of a text that comes in pieces, and gives whole lines only: those of several processes do not mix. */
export class LinePrefix {
  readonly #prefix: string;
  readonly #write: (text: string) => void;
  #rest = "";

  constructor(prefix: string, write: (text: string) => void) {
    this.#prefix = prefix;
    this.#write = write;
  }

  write(text: string): void {
    const lines = `${this.#rest}${text}`.split("\n");
    this.#rest = lines.pop() ?? "";
    if (lines.length > 0) this.#write(lines.map((line) => `${this.#prefix}${line}\n`).join(""));
  }

  /** Gives what no line end has followed. */
  end(): void {
    if (this.#rest !== "") this.write("\n");
  }
}
