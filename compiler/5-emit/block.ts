import { Code, type Use } from "../code/code.ts";

/** Lines of a body under construction, indented by two spaces a level. The only mutable value of emission. */
export class Block {
  readonly #lines: string[] = [];
  readonly #uses: Use[] = [];
  #depth: number;

  constructor(depth = 0) {
    this.#depth = depth;
  }

  line(code: Code): void {
    this.#uses.push(...code.uses);
    for (const text of code.text.split("\n")) this.#lines.push(text === "" ? "" : "  ".repeat(this.#depth) + text);
  }

  /** `head {` … `}`; the closing line may go on (`});`). */
  open(head: Code): void {
    this.line(head);
    this.#depth++;
  }

  close(tail: Code): void {
    this.#depth--;
    this.line(tail);
  }

  blank(): void {
    if (this.#lines.length > 0 && this.#lines.at(-1) !== "") this.#lines.push("");
  }

  /** Puts a finished block here, indented to this depth. */
  append(block: Block): void {
    this.#uses.push(...block.#uses);
    for (const text of block.#lines) this.#lines.push(text === "" ? "" : "  ".repeat(this.#depth) + text);
  }

  get isEmpty(): boolean {
    return this.#lines.length === 0;
  }

  /** Everything as code, to be spliced or measured. */
  get code(): Code {
    return new Code(this.#lines.join("\n"), 0, this.#uses);
  }
}
