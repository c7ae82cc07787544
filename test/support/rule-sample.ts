import { expect, it } from "vitest";
import { checkIntegrity } from "../../compiler/3-optimize/check-integrity.ts";
import type { Rule } from "../../compiler/3-optimize/rule.ts";
import { logicalPlanText } from "../../compiler/explain/logical-text.ts";
import type { LogicalPlan } from "../../compiler/ir/logical/index.ts";
import type { BuiltPlan } from "./plan-builder.ts";
import { clickColumns, PlanBuilder } from "./plan-builder.ts";
import { goldenTest, samplePath } from "./samples.ts";

/** A plan over `clicks` for one rule; `unchanged` where the rule must return the very same plan. */
export interface RuleCase {
  readonly name: string;
  readonly unchanged?: true;
  readonly plan: (clicks: BuiltPlan, builder: PlanBuilder) => BuiltPlan;
}

/**
 * Runs a rule alone, for one pass, over each case, and holds the plans before and after against
 * `samples/rules/<rule>.test`. Each result also passes the integrity check.
 */
export function ruleSample(rule: Rule<LogicalPlan>, cases: readonly RuleCase[]): void {
  const blocks: string[] = [];
  for (const sample of cases) {
    it(sample.name, () => {
      const { before, after } = run(rule, sample);
      expect(checkIntegrity(before, after)).toBeUndefined();
      expect(after === before).toBe(sample.unchanged === true);
    });
    const { before, after } = run(rule, sample);
    blocks.push(
      after === before
        ? `=== ${sample.name}: unchanged\n${logicalPlanText(before)}\n`
        : `=== ${sample.name}\n${logicalPlanText(before)}\n--- becomes\n${logicalPlanText(after)}\n`,
    );
  }
  it("rewrites as its sample says", () => {
    goldenTest(`# ${rule.name}\n\n${blocks.join("\n")}`, samplePath("rules", `${rule.name}.test`));
  });
}

function run(rule: Rule<LogicalPlan>, sample: RuleCase): { readonly before: LogicalPlan; readonly after: LogicalPlan } {
  const builder = new PlanBuilder();
  const before = sample.plan(builder.source("clicks", clickColumns), builder).plan;
  return { before, after: rule.apply(before) };
}
