import { RE2JS } from "re2js";
import { javaHabit } from "../../../../runtime/functions/java-habit.ts";
import { isLinear } from "../regex-safety.ts";
import { parseRegex } from "./parse-regex.ts";
import type { Alternatives, RegexNode } from "./regex-node.ts";
import { writeRegex } from "./write-regex.ts";

/** How a constant pattern is run. */
export type PatternPlan =
  /** A fixed text, found anywhere unless it is held to the start or the end. */
  | { readonly kind: "text"; readonly text: string; readonly atStart: boolean; readonly atEnd: boolean }
  /** JavaScript's engine; `source` is in its syntax. */
  | { readonly kind: "native"; readonly source: string }
  /** The linear-time engine. */
  | { readonly kind: "re2" };

/** What the compiler knows of a constant pattern. */
export interface KnownPattern {
  readonly pattern: string;
  readonly plan: PatternPlan;
  readonly groupCount: number;
  /** The number of a named group. */
  groupNumber(name: string): number | undefined;
}

const known = new Map<string, KnownPattern | { readonly problem: string }>();

/** Checks a constant pattern and decides how it is run; `problem` completes “the pattern `…`”. */
export function planPattern(pattern: string): KnownPattern | { readonly problem: string } {
  const before = known.get(pattern);
  if (before !== undefined) return before;
  const result = inspect(pattern);
  if (known.size > 1000) known.clear();
  known.set(pattern, result);
  return result;
}

function inspect(pattern: string): KnownPattern | { readonly problem: string } {
  const habit = javaHabit(pattern);
  if (habit !== undefined) return { problem: habit };
  let regex: RE2JS;
  try {
    regex = RE2JS.compile(pattern);
  } catch (error) {
    const message = error instanceof Error ? error.message.replace(/^error parsing regexp: /, "") : String(error);
    return { problem: `is not a regular expression of RE2's syntax: ${message}` };
  }
  const names = new Map(Object.entries(regex.namedGroups()));
  return { pattern, plan: planOf(parseRegex(pattern)), groupCount: regex.groupCount(), groupNumber: (name) => names.get(name) };
}

function planOf(alternatives: Alternatives | undefined): PatternPlan {
  if (alternatives === undefined) return { kind: "re2" };
  const [only, ...more] = alternatives;
  const text = only === undefined || more.length > 0 ? undefined : fixedText(only);
  return text ?? (isLinear(alternatives) ? { kind: "native", source: writeRegex(alternatives) } : { kind: "re2" });
}

function fixedText(nodes: readonly RegexNode[]): PatternPlan | undefined {
  const atStart = nodes[0]?.kind === "start";
  const atEnd = nodes.length > 0 && nodes[nodes.length - 1]?.kind === "end";
  let text = "";
  for (const node of nodes.slice(atStart ? 1 : 0, atEnd ? -1 : undefined)) {
    if (node.kind !== "one" || node.literal === undefined) return undefined;
    text += node.literal;
  }
  return { kind: "text", text, atStart, atEnd };
}
