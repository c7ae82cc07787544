import { togetherClauses } from "../../diagnostics/catalogue/connectors.ts";
import { togetherWithTables } from "../../diagnostics/catalogue/streaming.ts";
import type { SinkClause, SinkStatement } from "../../ir/ast/statement.ts";
import { exprText } from "../../ir/expr/print.ts";
import type { LogicalQuery } from "../../ir/logical/job.ts";
import type { Span } from "../../source/span.ts";
import type { JobContext } from "../job-context.ts";

/** A clause where a sink has it. */
interface Written {
  readonly query: LogicalQuery;
  readonly span: Span;
}

/**
 * The sinks of `option sinks = "together"` are one query, so they have one trigger and one checkpoint: a clause of one sink holds for
 * all, and those of several must agree. Either all of them read a stream or none does.
 */
export function bringTogether(queries: readonly LogicalQuery[], sinks: ReadonlyMap<string, SinkStatement>, job: JobContext): readonly LogicalQuery[] {
  const clauses = (kind: SinkClause["kind"]): readonly Written[] =>
    queries.flatMap((query) => {
      const clause = sinks.get(query.name)?.clauses.find((candidate) => candidate.kind === kind);
      return clause === undefined ? [] : [{ query, span: clause.span }];
    });
  const trigger = agreed(clauses("Trigger"), "trigger", triggerText, job) ?? queries[0];
  const checkpoint = agreed(clauses("Checkpoint"), "checkpoint", ({ checkpoint: path }) => (path === undefined ? "" : exprText(path)), job);
  checkEnds(queries, job);
  return queries.map((query) => ({ ...query, trigger: trigger?.trigger ?? query.trigger, checkpoint: checkpoint?.checkpoint }));
}

/** The first of the sinks that have a clause, after a report for each of the others that says something else. */
function agreed([first, ...others]: readonly Written[], clause: string, textOf: (query: LogicalQuery) => string, job: JobContext): LogicalQuery | undefined {
  if (first === undefined) return undefined;
  for (const { query, span } of others) {
    if (textOf(query) === textOf(first.query)) continue;
    job.report(
      togetherClauses({ clause, sink: query.name, other: first.query.name }).at(span).also(first.span, `the ${clause} of \`${first.query.name}\``).helped(`leave one of them out: a ${clause} holds for all sinks`),
    );
  }
  return first.query;
}

function triggerText({ trigger }: LogicalQuery): string {
  return "interval" in trigger ? `${trigger.kind} ${exprText(trigger.interval)}` : trigger.kind;
}

function checkEnds(queries: readonly LogicalQuery[], job: JobContext): void {
  const endless = queries.find(({ plan }) => plan.streaming);
  if (endless === undefined) return;
  for (const query of queries) {
    if (query.plan.streaming) continue;
    job.report(
      togetherWithTables({ sink: query.name, other: endless.name }).at(query.span).also(endless.span, "this one goes on").helped('give it a job of its own, or leave `option sinks = "together"` out'),
    );
  }
}
