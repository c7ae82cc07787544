import { internalError } from "../diagnostics/internal-error.ts";
import type { Rule, RuleSettings } from "./rule.ts";

/**
 * `once`: one pass; running the batch again changes nothing (tests hold that). `fixed point`: again until a pass changes
 * nothing; a batch that still changes the plan after `limit` passes is a bug in its rules.
 */
export type Strategy = { readonly kind: "once" } | { readonly kind: "fixed point"; readonly limit: number };

export const once: Strategy = { kind: "once" };

export function fixedPoint(limit = 100): Strategy {
  return { kind: "fixed point", limit };
}

/** Rules that are run together, in their order. */
export interface Batch<T> {
  readonly name: string;
  readonly strategy: Strategy;
  readonly rules: readonly Rule<T>[];
}

/** One effective application of a rule; all of them in order are the trace that `explain --trace` prints. */
export interface RuleEvent<T> {
  readonly batch: string;
  /** From 1, within the batch. */
  readonly iteration: number;
  readonly rule: string;
  readonly before: T;
  readonly after: T;
}

/** What an effective rule must not have changed: a sentence that says what it broke, or undefined where all is well. */
export type IntegrityCheck<T> = (before: T, after: T) => string | undefined;

/**
 * Runs the batches one after the other. An application is effective where the rule returns another object; each is checked
 * before it is reported. Throws `InternalError` where a rule breaks the plan (E9011, with rule and batch) and where a fixed
 * point is not reached (E9012, with the batch): both are our bugs, in production too. The shape is Catalyst's RuleExecutor.
 */
export function runBatches<T>(plan: T, batches: readonly Batch<T>[], check: IntegrityCheck<T>, onRule?: (event: RuleEvent<T>) => void, settings?: RuleSettings): T {
  return batches.reduce((current, batch) => runBatch(current, batch, check, onRule, settings), plan);
}

function runBatch<T>(plan: T, batch: Batch<T>, check: IntegrityCheck<T>, onRule: ((event: RuleEvent<T>) => void) | undefined, settings: RuleSettings | undefined): T {
  const limit = batch.strategy.kind === "once" ? 1 : batch.strategy.limit;
  let current = plan;
  for (let iteration = 1; iteration <= limit; iteration++) {
    const start = current;
    for (const rule of batch.rules) {
      const before = current;
      const after = rule.apply(before, settings);
      if (after === before) continue;
      const broken = check(before, after);
      if (broken !== undefined) internalError("E9011", `the rule ${rule.name} of the batch ${batch.name} broke the plan: ${broken}`);
      onRule?.({ batch: batch.name, iteration, rule: rule.name, before, after });
      current = after;
    }
    if (current === start || batch.strategy.kind === "once") return current;
  }
  return internalError("E9012", `the batch ${batch.name} did not come to rest in ${limit} passes`);
}
