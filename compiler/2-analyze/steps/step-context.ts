import { duplicateOperator } from "../../diagnostics/catalogue/names.ts";
import type { Name } from "../../ir/ast/name.ts";
import type { Span } from "../../source/span.ts";
import type { BoundRelation } from "./bound-relation.ts";
import type { JobContext } from "../job-context.ts";

/** What a step of a pipeline is bound with. */
export interface StepContext {
  readonly job: JobContext;
  readonly ids: OperatorIds;
  /** The rows of a source, table or stream by its name, bound anew. */
  relation(name: Name): BoundRelation;
}

/**
 * Names the stateful operators of one named stream: `STREAM/KIND`, from the second of a kind on `STREAM/KIND-2`, or `STREAM/NAME`
 * where the step ends in `named NAME`. A stream that is used several times has one identity, so each use counts afresh.
 */
export class OperatorIds {
  readonly #stream: string;
  readonly #job: JobContext;
  readonly #counts = new Map<string, number>();
  readonly #taken = new Map<string, Span>();

  constructor(stream: string, job: JobContext) {
    this.#stream = stream;
    this.#job = job;
  }

  next(kind: string, named: Name | undefined, span: Span): string {
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    const id = `${this.#stream}/${named?.text ?? (count === 1 ? kind : `${kind}-${count}`)}`;
    const first = this.#taken.get(id);
    if (first === undefined) {
      this.#taken.set(id, span);
      return id;
    }
    this.#job.report(duplicateOperator({ id }).at(named?.span ?? span).also(first, "the first of them").helped("give one of them another name with `named`"));
    return `${id} ${span.start}`;
  }
}
