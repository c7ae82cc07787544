import { mustBreak, type Doc } from "./doc.ts";

/** A piece of the document waiting to be printed: in which column its lines begin, and whether they are broken. */
interface Pending {
  readonly doc: Doc;
  readonly indent: number;
  readonly flat: boolean;
}

interface Line {
  readonly text: string;
  readonly comment: string;
}

const empty: Line = { text: "", comment: "" };

/** Lays a document out in lines of at most `width` characters where that can be. Ends in a line end, unless it is empty. */
export function printDoc(doc: Doc, width: number): string {
  return new Printer(width).print(doc);
}

class Printer {
  readonly #width: number;
  readonly #lines: Line[] = [];
  #line = "";
  /** Comments that stand at the end of the line. */
  #comments: string[] = [];

  constructor(width: number) {
    this.#width = width;
  }

  print(doc: Doc): string {
    const stack: Pending[] = [{ doc, indent: 0, flat: false }];
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) this.#step(next, stack);
    this.#endLine();
    while (isEmpty(this.#lines.at(-1))) this.#lines.pop();
    return withComments(this.#lines).map((text) => `${text}\n`).join("");
  }

  #step({ doc, indent, flat }: Pending, stack: Pending[]): void {
    if (typeof doc === "string") {
      this.#line += doc;
      return;
    }
    switch (doc.kind) {
      case "concat":
        for (const part of [...doc.parts].reverse()) stack.push({ doc: part, indent, flat });
        return;
      case "line":
        if (flat && !doc.hard) {
          if (!doc.soft) this.#line += " ";
          return;
        }
        this.#endLine();
        if (doc.empty && this.#lines.length > 0 && !isEmpty(this.#lines.at(-1))) this.#lines.push(empty);
        this.#line = " ".repeat(indent);
        return;
      case "group":
        stack.push({ doc: doc.body, indent, flat: flat || (!mustBreak(doc.body) && this.#fits(doc.body, indent, stack)) });
        return;
      case "nest":
        stack.push({ doc: doc.body, indent: indent + doc.columns, flat });
        return;
      case "align":
        stack.push({ doc: doc.body, indent: this.#line.length, flat });
        return;
      case "fill":
        this.#fill(doc.items, indent, stack);
        return;
      case "comment":
        this.#comments.push(doc.text);
        return;
    }
  }

  /** Items one behind the other; one that does not fit begins a line. */
  #fill(items: readonly Doc[], indent: number, stack: Pending[]): void {
    const [first, ...rest] = items;
    if (first === undefined) return;
    if (rest.length > 0) stack.push({ doc: { kind: "fill", items: rest }, indent, flat: false });
    const isFirst = this.#line.trim() === "" || this.#line.endsWith(" ");
    const beside = mustBreak(first) ? false : this.#fits(isFirst ? first : { kind: "concat", parts: [" ", first] }, indent, []);
    if (!isFirst && beside) this.#line += " ";
    else if (!isFirst) {
      this.#endLine();
      this.#line = " ".repeat(indent);
    }
    stack.push({ doc: first, indent, flat: !mustBreak(first) });
  }

  /** Whether a document fits on the rest of the line, with what follows it up to the next place where the line may end. */
  #fits(doc: Doc, indent: number, after: readonly Pending[]): boolean {
    let room = this.#width - this.#line.length;
    const stack: Pending[] = [{ doc, indent, flat: true }];
    let next = after.length;
    while (room >= 0) {
      const pending = stack.pop() ?? (next > 0 ? after[--next] : undefined);
      if (pending === undefined) return true;
      const { doc: part, flat } = pending;
      if (typeof part === "string") room -= part.length;
      else if (part.kind === "concat") for (const inner of [...part.parts].reverse()) stack.push({ doc: inner, indent, flat });
      else if (part.kind === "fill") for (const inner of [...part.items].reverse()) stack.push({ doc: inner, indent, flat }, { doc: " ", indent, flat });
      else if (part.kind === "comment") return true;
      else if (part.kind === "line") {
        if (!flat || part.hard) return true;
        if (!part.soft) room -= 1;
      } else stack.push({ doc: part.body, indent, flat });
    }
    return false;
  }

  #endLine(): void {
    const text = this.#line.trimEnd();
    const comment = this.#comments.join(" ");
    this.#lines.push(text === "" && comment !== "" ? { text: this.#line + comment, comment: "" } : { text, comment });
    this.#line = "";
    this.#comments = [];
  }
}

function isEmpty(line: Line | undefined): boolean {
  return line !== undefined && line.text === "" && line.comment === "";
}

/** Comments at the ends of lines that stand together, at one depth, begin in one column. */
function withComments(lines: readonly Line[]): readonly string[] {
  const columns = new Map<Line, number>();
  let run: Line[] = [];
  const endRun = (): void => {
    const column = Math.max(...run.map(({ text }) => text.length));
    for (const line of run) columns.set(line, column);
    run = [];
  };
  let depth = -1;
  for (const line of lines) {
    const at = line.text.length - line.text.trimStart().length;
    if (isEmpty(line) || at !== depth) endRun();
    depth = at;
    if (line.comment !== "") run.push(line);
  }
  endRun();
  return lines.map((line) => (line.comment === "" ? line.text : `${line.text.padEnd(columns.get(line) ?? 0)}  ${line.comment}`));
}
