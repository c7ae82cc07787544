import type { Target } from "../ir/target.ts";
import type { TreeNode } from "../ir/tree-node.ts";

/** What a rule must know of the job besides the plan. */
export interface RuleSettings {
  /** The id of the job's time zone. */
  readonly timezone: string;
}

const defaults: RuleSettings = { timezone: "UTC" };

/** A rewrite that keeps the meaning. `apply` returns the very same object where nothing matched. */
export interface Rule<T> {
  /** Verb and object, as the file: `merge-filters`. */
  readonly name: string;
  /** The only target for which it pays; of any where there is none. */
  readonly target?: Target;
  apply(plan: T, settings?: RuleSettings): T;
}

/** A rule given as a partial function on one node, children first; `undefined` means that it does not apply there. */
export function bottomUp<T extends TreeNode<T>>(name: string, rewrite: (node: T, settings: RuleSettings) => T | undefined): Rule<T> {
  return { name, apply: (plan, settings = defaults) => plan.transformUp((node) => rewrite(node, settings) ?? node) };
}

/** The same, parents first: for rules that carry something towards the leaves. */
export function topDown<T extends TreeNode<T>>(name: string, rewrite: (node: T, settings: RuleSettings) => T | undefined): Rule<T> {
  return { name, apply: (plan, settings = defaults) => plan.transformDown((node) => rewrite(node, settings) ?? node) };
}

/** The rule, for plans that Node runs: Spark does the same by itself, or its program would only read worse. */
export function forNode<T>(rule: Rule<T>): Rule<T> {
  return { ...rule, target: "node" };
}
