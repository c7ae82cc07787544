import type { Diagnostic } from "./diagnostic.ts";
import { PlacedDiagnostic } from "./diagnostic.ts";

/** Collects the diagnostics of one file. Adds each code once a span; reads back in order of position. */
export class DiagnosticBag {
  readonly #found: Diagnostic[] = [];

  add(diagnostic: Diagnostic): void {
    const plain = diagnostic instanceof PlacedDiagnostic ? diagnostic.plain() : diagnostic;
    const repeated = this.#found.some(
      (other) =>
        other.code === plain.code &&
        other.primary.span.start === plain.primary.span.start &&
        other.primary.span.end === plain.primary.span.end &&
        other.message === plain.message,
    );
    if (!repeated) this.#found.push(plain);
  }

  get hasErrors(): boolean {
    return this.#found.some((diagnostic) => diagnostic.severity === "error");
  }

  /** All that was found, ordered by position, then code. */
  sorted(): readonly Diagnostic[] {
    return [...this.#found].sort(
      (a, b) => a.primary.span.start - b.primary.span.start || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0),
    );
  }
}
