import type { CharSet } from "./char-set.ts";

/** The part of RE2's syntax that may run natively. Alternatives of sequences of nodes. */
export type RegexNode = OneCharacter | Repeat | Group | { readonly kind: "start" } | { readonly kind: "end" } | { readonly kind: "boundary"; readonly negated: boolean };

export type Alternatives = readonly (readonly RegexNode[])[];

/** One character of a set. `text` is JavaScript's (flag `u`); `literal` is set where it is one certain character. */
export interface OneCharacter {
  readonly kind: "one";
  readonly set: CharSet;
  readonly text: string;
  readonly literal: string | undefined;
}

export interface Repeat {
  readonly kind: "repeat";
  readonly body: OneCharacter | Group;
  readonly min: number;
  readonly max: number;
  readonly lazy: boolean;
}

export interface Group {
  readonly kind: "group";
  /** Whether what it matches can be asked for. */
  readonly captures: boolean;
  readonly name: string | undefined;
  readonly alternatives: Alternatives;
}
