import type { Span } from "../source/span.ts";

/** Text under a span: why here. */
export interface Label {
  readonly span: Span;
  readonly text: string;
  /** Another file than the job's own (an imported module); spans are offsets into it. */
  readonly file?: { readonly path: string; readonly text: string };
}

/** The one edit that mends it; `fix` when a tool can apply it. */
export interface Help {
  readonly text: string;
  readonly fix?: { readonly span: Span; readonly replacement: string };
}

/** What a user did that the language does not allow, as data: a stable code, where, why and how to mend it. */
export interface Diagnostic {
  /** `E2004`: stable for ever, never reused. */
  readonly code: string;
  /** `unknown-function`. */
  readonly slug: string;
  readonly severity: "error" | "warning";
  /** Stands alone: lower-case start, no full stop. */
  readonly message: string;
  readonly primary: Label;
  readonly secondary: readonly Label[];
  readonly notes: readonly string[];
  readonly help: Help | undefined;
}

/** A diagnostic without its place; `at` gives it one. Each method returns a new value. */
export class DiagnosticDraft {
  readonly #code: string;
  readonly #slug: string;
  readonly #severity: "error" | "warning";
  readonly #message: string;
  readonly #label: string;

  constructor(code: string, slug: string, severity: "error" | "warning", message: string, label: string) {
    this.#code = code;
    this.#slug = slug;
    this.#severity = severity;
    this.#message = message;
    this.#label = label;
  }

  at(span: Span): PlacedDiagnostic {
    return new PlacedDiagnostic({
      code: this.#code,
      slug: this.#slug,
      severity: this.#severity,
      message: this.#message,
      primary: { span, text: this.#label },
      secondary: [],
      notes: [],
      help: undefined,
    });
  }
}

/** A complete diagnostic with methods that add to it. Give `diagnostics.add` this or a plain `Diagnostic`. */
export class PlacedDiagnostic implements Diagnostic {
  readonly code: string;
  readonly slug: string;
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly primary: Label;
  readonly secondary: readonly Label[];
  readonly notes: readonly string[];
  readonly help: Help | undefined;

  constructor(diagnostic: Diagnostic) {
    this.code = diagnostic.code;
    this.slug = diagnostic.slug;
    this.severity = diagnostic.severity;
    this.message = diagnostic.message;
    this.primary = diagnostic.primary;
    this.secondary = diagnostic.secondary;
    this.notes = diagnostic.notes;
    this.help = diagnostic.help;
  }

  /** Replaces the primary label's text. */
  labelled(text: string): PlacedDiagnostic {
    return new PlacedDiagnostic({ ...this.plain(), primary: { ...this.primary, text } });
  }

  /** Another place that takes part. */
  also(span: Span, text: string, file?: Label["file"]): PlacedDiagnostic {
    const label: Label = file === undefined ? { span, text } : { span, text, file };
    return new PlacedDiagnostic({ ...this.plain(), secondary: [...this.secondary, label] });
  }

  /** A fact: a rule of the language, a computed type. */
  note(text: string): PlacedDiagnostic {
    return new PlacedDiagnostic({ ...this.plain(), notes: [...this.notes, text] });
  }

  /** The one edit that mends it. */
  helped(text: string, fix?: Help["fix"]): PlacedDiagnostic {
    return new PlacedDiagnostic({ ...this.plain(), help: fix === undefined ? { text } : { text, fix } });
  }

  plain(): Diagnostic {
    const { code, slug, severity, message, primary, secondary, notes, help } = this;
    return { code, slug, severity, message, primary, secondary, notes, help };
  }
}
