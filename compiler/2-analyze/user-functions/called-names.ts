import type { Span } from "../../source/span.ts";

/** The names that stand before an argument list anywhere in a syntax tree, each with its first place. Connectors are among them. */
export function calledNames(node: unknown, found: Map<string, Span> = new Map()): ReadonlyMap<string, Span> {
  if (typeof node !== "object" || node === null) return found;
  if (isCall(node) && !found.has(node.callee.text)) found.set(node.callee.text, node.callee.span);
  for (const child of Object.values(node)) calledNames(child, found);
  return found;
}

function isCall(node: object): node is { readonly callee: { readonly text: string; readonly span: Span } } {
  return "kind" in node && node.kind === "CallExpression" && "callee" in node;
}
