import type { JobContext } from "../job-context.ts";
import type { AggregateCollector } from "./aggregate-collector.ts";
import type { Grouping } from "../steps/grouping-sets.ts";
import type { Scope } from "./scope.ts";

/** Where an expression stands, and so what it may name. */
export interface ExprContext {
  readonly job: JobContext;
  readonly scope: Scope;
  /** Takes the aggregate calls; undefined where none may stand. */
  readonly aggregates: AggregateCollector | undefined;
  /** Beside the aggregates of grouping sets: what `grouping(a)` asks. */
  readonly grouping?: Grouping;
  /** The aggregate call around the expression. */
  readonly insideAggregate: string | undefined;
  /** `row`: columns and params. `option`: params only. `default`: neither, but `env(…)`. */
  readonly place: "row" | "option" | "default";
  /** Names that are defined by the same step, for a better message where one is used too early. */
  readonly sameStep: ReadonlySet<string>;
}

/** The context of an expression over the rows that reach a step. */
export function rowContext(job: JobContext, scope: Scope, sameStep: ReadonlySet<string> = new Set()): ExprContext {
  return { job, scope, aggregates: undefined, insideAggregate: undefined, place: "row", sameStep };
}
