import type { Checked } from "../compile.ts";
import { renderDiagnostics } from "../diagnostics/render-text.ts";
import type { Shell } from "./shell.ts";

/** Prints what was found in a file on stderr; whether it can go on (warnings stop nobody). */
export function printDiagnostics({ diagnostics, source }: Pick<Checked, "diagnostics" | "source">, shell: Shell): boolean {
  if (diagnostics.length > 0) shell.stderr(renderDiagnostics(diagnostics, source, { color: shell.color }));
  return !hasErrors(diagnostics);
}

/** Whether any of them is more than a warning. */
export function hasErrors(diagnostics: Checked["diagnostics"]): boolean {
  return diagnostics.some(({ severity }) => severity === "error");
}
