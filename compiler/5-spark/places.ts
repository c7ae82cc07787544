import type { Program } from "../ir/ast/statement.ts";
import type { SourceText } from "../source/source-text.ts";
import type { Span } from "../source/span.ts";

/** Where in the job a step stands: `stream pages, web-log.sluice:28`. */
export class Places {
  readonly #program: Program;
  readonly #source: SourceText;
  readonly #file: string;

  constructor(program: Program, source: SourceText, jobName: string) {
    this.#program = program;
    this.#source = source;
    this.#file = `${jobName}.sluice`;
  }

  /** The declaration that holds a place; undefined where none has a name. */
  declaration(span: Span): string | undefined {
    const holder = this.#holder(span);
    if (holder === undefined || holder.kind === "Import" || holder.kind === "Option") return undefined;
    const word = holder.kind === "Input" ? (holder.bounded ? "table" : "source") : holder.kind.toLowerCase();
    return `${word} ${holder.name.text}`;
  }

  /** The stream whose declaration holds a place. */
  stream(span: Span): string | undefined {
    const holder = this.#holder(span);
    return holder?.kind === "Stream" ? holder.name.text : undefined;
  }

  /** `web-log.sluice:28`. */
  line(span: Span): string {
    return `${this.#file}:${this.#source.locate(span.start).line}`;
  }

  #holder(span: Span): Program["statements"][number] | undefined {
    return this.#program.statements.find((statement) => statement.span.start <= span.start && span.end <= statement.span.end);
  }
}
