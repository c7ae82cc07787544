import { DiagnosticDraft } from "./diagnostic.ts";

/** What the catalogue says of one code. `message` and `label` are functions of the typed parameters. */
export interface DiagnosticDefinition<P> {
  readonly code: string;
  readonly slug: string;
  readonly severity?: "error" | "warning";
  readonly message: (params: P) => string;
  readonly label: (params: P) => string;
}

/** A catalogue entry: call it with its parameters, then `.at(span)`. */
export interface DiagnosticKind<P> {
  (params: P): DiagnosticDraft;
  readonly code: string;
  readonly slug: string;
  readonly severity: "error" | "warning";
}

/**
 * Declares one diagnostic of the catalogue.
 *
 * ```ts
 * export const unknownFunction = defineDiagnostic<{ name: string }>({
 *   code: "E2004", slug: "unknown-function",
 *   message: ({ name }) => `unknown function \`${name}\``, label: () => "not a function",
 * });
 * diagnostics.add(unknownFunction({ name }).at(call.callee.span).helped("did you mean `count`?"));
 * ```
 */
export function defineDiagnostic<P = Record<never, never>>(definition: DiagnosticDefinition<P>): DiagnosticKind<P> {
  const severity = definition.severity ?? "error";
  const create = (params: P): DiagnosticDraft =>
    new DiagnosticDraft(definition.code, definition.slug, severity, definition.message(params), definition.label(params));
  return Object.assign(create, { code: definition.code, slug: definition.slug, severity });
}
