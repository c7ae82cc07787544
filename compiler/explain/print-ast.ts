import type { Program } from "../ir/ast/index.ts";
import type { SourceText } from "../source/source-text.ts";
import type { Span } from "../source/span.ts";

/**
 * Prints a syntax tree, two spaces a level: `NodeKind line:column-column attributes`, then the children by their field's
 * name. A span over several lines ends in `line:column`. Columns count from 1, the last one is inclusive.
 */
export function printAst(program: Program, source: SourceText): string {
  const lines: string[] = [];
  print(program, "", "", lines, source);
  return `${lines.join("\n")}\n`;
}

function print(value: object, label: string, indent: string, lines: string[], source: SourceText): void {
  const entries = Object.entries(value).filter(([key]) => key !== "kind" && key !== "span");
  const kind = "kind" in value && typeof value.kind === "string" ? value.kind : "";
  const span = "span" in value && isSpan(value.span) ? place(value.span, source) : "";
  const attributes = entries.flatMap(([key, field]) => attribute(key, field));
  lines.push(indent + [label === "" ? "" : `${label}:`, kind, span, ...attributes].filter((part) => part !== "").join(" "));
  for (const [key, field] of entries) {
    const children: readonly unknown[] = Array.isArray(field) ? field : [field];
    for (const child of children) {
      if (Array.isArray(child)) print({ kind: "List", items: child }, key, `${indent}  `, lines, source);
      else if (isNode(child)) print(child, key, `${indent}  `, lines, source);
    }
  }
}

/** What fits on the node's own line: names, numbers, texts, flags that are set. */
function attribute(key: string, field: unknown): readonly string[] {
  if (typeof field === "string" || typeof field === "number") return [`${key}=${JSON.stringify(field)}`];
  if (field === true) return [key];
  if (isName(field)) return [`${key}=${shown(field.text)}`];
  if (!Array.isArray(field) || field.length === 0) return [];
  const items: readonly unknown[] = field;
  if (items.every(isName)) return [`${key}=[${items.map((item) => shown(item.text)).join(", ")}]`];
  return items.every((item) => typeof item === "number") ? [`${key}=[${items.join(", ")}]`] : [];
}

function shown(name: string): string {
  return /^[\p{L}_][\p{L}\p{M}\d_]*$/u.test(name) ? name : JSON.stringify(name);
}

function place(span: Span, source: SourceText): string {
  const start = source.locate(span.start);
  if (span.end <= span.start) return `${start.line}:${start.column}`;
  const end = source.locate(span.end - 1);
  return `${start.line}:${start.column}-${end.line === start.line ? "" : `${end.line}:`}${end.column}`;
}

function isSpan(value: unknown): value is Span {
  return typeof value === "object" && value !== null && "start" in value && "end" in value;
}

function isName(value: unknown): value is { readonly text: string } {
  return typeof value === "object" && value !== null && "text" in value && "span" in value && !("kind" in value) && typeof value.text === "string";
}

function isNode(value: unknown): value is object {
  return typeof value === "object" && value !== null && !isName(value) && !isSpan(value);
}
