import { cyclicDefinition, unknownRelation } from "../../diagnostics/catalogue/names.ts";
import { suggestion } from "../../diagnostics/did-you-mean.ts";
import type { Name } from "../../ir/ast/name.ts";
import type { InputStatement, StreamStatement } from "../../ir/ast/statement.ts";
import type { Pipeline } from "../../ir/ast/step.ts";
import { Scan } from "../../ir/logical/plan.ts";
import { scopeOf } from "../expressions/scope.ts";
import type { JobContext } from "../job-context.ts";
import { bindPipeline } from "./bind-pipeline.ts";
import type { BoundRelation } from "./bound-relation.ts";
import { poisonedRelation } from "./bound-relation.ts";
import { OperatorIds } from "./step-context.ts";

/** Binds sources, tables and streams by name, anew for each use, so that two uses have columns of their own. */
export class Streams {
  readonly #job: JobContext;
  readonly #open: string[] = [];

  constructor(job: JobContext) {
    this.#job = job;
  }

  /** A pipeline whose stateful operators belong to `owner`, the stream or the sink in which it is written. */
  pipeline(pipeline: Pipeline, owner: string): BoundRelation {
    return bindPipeline(pipeline, { job: this.#job, ids: new OperatorIds(owner, this.#job), relation: (name) => this.relation(name) });
  }

  relation(name: Name): BoundRelation {
    const statement = this.#job.declarations.relations.get(name.text);
    if (statement === undefined) {
      const help = suggestion(name.text, this.#job.declarations.relations.keys(), "there are");
      const diagnostic = unknownRelation({ name: name.text }).at(name.span);
      this.#job.report(help === undefined ? diagnostic : diagnostic.helped(help));
      return poisonedRelation(name.span);
    }
    return statement.kind === "Input" ? this.#input(statement, name) : this.stream(statement);
  }

  stream(statement: StreamStatement): BoundRelation {
    const name = statement.name.text;
    if (this.#open.includes(name)) {
      const path = [...this.#open.slice(this.#open.indexOf(name)), name].map((part) => `\`${part}\``).join(" → ");
      // Reported where the first stream of the circle is declared, so that it comes once however it is reached.
      const members = this.#open.slice(this.#open.indexOf(name));
      const first = [...members].sort()[0];
      if (first === name) this.#job.report(cyclicDefinition({ what: "the stream", name, path }).at(statement.name.span).helped("start one of them from a source"));
      return poisonedRelation(statement.span);
    }
    this.#open.push(name);
    const relation = this.pipeline(statement.pipeline, name);
    this.#open.pop();
    return relation;
  }

  #input(statement: InputStatement, name: Name): BoundRelation {
    const input = this.#job.inputs.get(statement.name.text);
    if (input === undefined) return poisonedRelation(name.span);
    const columns = [...input.fields, ...(input.hiddenColumns ?? [])].map((field) => ({ id: this.#job.newColumn(), ...field }));
    const plan = new Scan(input, columns, new Set(input.fields.map((field) => field.name)), undefined, name.span);
    const scope = scopeOf(plan, [name.text]);
    const entries = scope.entries.map((entry, at) => (at < input.fields.length ? entry : { ...entry, qualifiers: [], hidden: true }));
    return { plan, scope: { ...scope, entries }, poisoned: false };
  }
}
