import { sharedSideOutput } from "../../diagnostics/catalogue/connectors.ts";
import type { Input } from "../../ir/logical/input.ts";
import type { LogicalQuery } from "../../ir/logical/job.ts";
import type { JobContext } from "../job-context.ts";

/**
 * A side output belongs to the batches of one query, which alone can commit it exactly once. The malformed records of an input
 * are sent by the first query that reads it, so inputs that share a side output must be read first by the same query.
 */
export function checkOneQueryPerSideOutput(queries: readonly LogicalQuery[], job: JobContext): void {
  const routers = new Map<string, { readonly input: Input; readonly query: string }>();
  const seen = new Set<string>();
  for (const query of queries) {
    query.plan.visit((node) => {
      if (node.kind !== "Scan" || node.input.malformed.kind !== "into" || seen.has(node.input.name)) return;
      seen.add(node.input.name);
      const output = node.input.malformed.sideOutput;
      const router = routers.get(output);
      if (router === undefined) {
        routers.set(output, { input: node.input, query: query.name });
      } else if (router.query !== query.name) {
        const names = { output, input: node.input.name, query: query.name, otherInput: router.input.name, otherQuery: router.query };
        job.report(sharedSideOutput(names).at(node.input.span).also(router.input.span, "the other input").helped(`give \`${node.input.name}\` a side output of its own`));
      }
    });
  }
}
