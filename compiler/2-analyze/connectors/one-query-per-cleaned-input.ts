import { cleanedBySeveral } from "../../diagnostics/catalogue/connectors.ts";
import type { Input } from "../../ir/logical/input.ts";
import type { LogicalQuery } from "../../ir/logical/job.ts";
import type { JobContext } from "../job-context.ts";

/** Queries go on at their own pace, so only one may take away the files of an input, and no other may need them. */
export function checkOneQueryPerCleanedInput(queries: readonly LogicalQuery[], job: JobContext): void {
  const readers = new Map<string, string>();
  const told = new Set<string>();
  for (const query of queries) {
    query.plan.visit((node) => {
      if (node.kind !== "Scan" || !isCleaned(node.input)) return;
      const { name, span } = node.input;
      const other = readers.get(name);
      if (other === undefined) readers.set(name, query.name);
      else if (other !== query.name && !told.has(name)) {
        told.add(name);
        job.report(cleanedBySeveral({ input: name, query: query.name, other }).at(span).helped('write `option sinks = "together"`, so that one query reads it, or leave `cleanSource` out'));
      }
    });
  }
}

function isCleaned({ bounded, options }: Input): boolean {
  const value = options.find(({ name }) => name === "cleanSource")?.value;
  return !bounded && value?.kind === "Literal" && value.value !== "off";
}
