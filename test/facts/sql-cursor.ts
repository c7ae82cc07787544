import type { SqlToken } from "./sql-tokens.ts";

/** A place among the tokens of SQL, which moves on as they are taken. The last of them is that of the end. */
export class SqlCursor {
  readonly tokens: readonly SqlToken[];
  at = 0;

  constructor(tokens: readonly SqlToken[]) {
    this.tokens = tokens;
  }

  peek(): SqlToken {
    const end = this.tokens.at(-1)?.end ?? 0;
    return this.tokens[this.at] ?? { kind: "end", text: "", start: end, end };
  }

  next(): SqlToken {
    const token = this.peek();
    this.at++;
    return token;
  }

  isWord(word: string): boolean {
    const token = this.peek();
    return token.kind === "word" && token.text.toUpperCase() === word;
  }

  takeWord(word: string): boolean {
    const found = this.isWord(word);
    if (found) this.at++;
    return found;
  }

  takeSymbol(text: string): boolean {
    const token = this.peek();
    const found = token.kind === "symbol" && token.text === text;
    if (found) this.at++;
    return found;
  }
}
