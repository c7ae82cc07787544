import { sharedSideOutput } from "../../diagnostics/catalogue/connectors.ts";
import type { LogicalQuery } from "../../ir/logical/job.ts";
import type { LogicalPlan } from "../../ir/logical/plan.ts";
import type { Span } from "../../source/span.ts";
import type { JobContext } from "../job-context.ts";

/** Rows that a query sends into a side output. */
interface Sender {
  readonly output: string;
  /** The rows in words. */
  readonly rows: string;
  readonly span: Span;
  readonly query: string;
}

/**
 * A side output belongs to the batches of one query, which alone can commit it exactly once. The malformed records of an input
 * are sent by the first query that reads it; rows that are late or too far ahead by every query that sets them aside.
 */
export function checkOneQueryPerSideOutput(queries: readonly LogicalQuery[], job: JobContext): void {
  const first = new Map<string, Sender>();
  const told = new Set<string>();
  for (const sender of sendersOf(queries)) {
    const { output, rows, span, query } = sender;
    const other = first.get(output);
    if (other === undefined) first.set(output, sender);
    if (other === undefined || other.query === query || told.has(`${output} ${rows} ${query}`)) continue;
    told.add(`${output} ${rows} ${query}`);
    const diagnostic = sharedSideOutput({ output, rows: other.rows === rows ? rows : `${other.rows} and ${rows}`, query, otherQuery: other.query }).at(span);
    job.report((other.span.start === span.start ? diagnostic : diagnostic.also(other.span, "sent by the first query")).helped('write `option sinks = "together"`, so that one query sends them, or use another side output'));
  }
}

function sendersOf(queries: readonly LogicalQuery[]): readonly Sender[] {
  const seen = new Set<string>();
  return queries.flatMap(({ name: query, plan }) => {
    const found: Sender[] = [];
    plan.visit((node) => {
      const sent = sentBy(node);
      for (const { once, ...rows } of sent) {
        if (once !== undefined && seen.has(once)) continue;
        if (once !== undefined) seen.add(once);
        found.push({ ...rows, query });
      }
    });
    return found;
  });
}

/** What a node sends; `once` names what only the first query sends that has it. */
function sentBy(node: LogicalPlan): readonly (Omit<Sender, "query"> & { readonly once: string | undefined })[] {
  switch (node.kind) {
    case "Scan": {
      const { name, malformed, span } = node.input;
      return malformed.kind === "into" ? [{ output: malformed.sideOutput, rows: `the malformed records of \`${name}\``, span, once: name }] : [];
    }
    case "Watermark": {
      const { future, columnName } = node.spec;
      const span = node.origin;
      return future?.route.kind === "into" && span !== undefined ? [{ output: future.route.sideOutput, rows: `rows too far ahead by \`${columnName}\``, span, once: undefined }] : [];
    }
    case "Aggregate":
    case "Dedup": {
      const span = node.origin;
      return node.late === undefined || span === undefined ? [] : [{ output: node.late.sideOutput, rows: `the late rows of \`${node.operatorId}\``, span, once: undefined }];
    }
    default:
      return [];
  }
}
