import type { TreeNode } from "../ir/tree-node.ts";

/** A rewrite that keeps the meaning. `apply` returns the very same object where nothing matched. */
export interface Rule<T> {
  /** Verb and object, as the file: `merge-filters`. */
  readonly name: string;
  apply(plan: T): T;
}

/** A rule given as a partial function on one node, children first; `undefined` means that it does not apply there. */
export function bottomUp<T extends TreeNode<T>>(name: string, rewrite: (node: T) => T | undefined): Rule<T> {
  return { name, apply: (plan) => plan.transformUp((node) => rewrite(node) ?? node) };
}

/** The same, parents first: for rules that carry something towards the leaves. */
export function topDown<T extends TreeNode<T>>(name: string, rewrite: (node: T) => T | undefined): Rule<T> {
  return { name, apply: (plan) => plan.transformDown((node) => rewrite(node) ?? node) };
}
