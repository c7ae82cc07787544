import type { AggregateFact } from "./fact.ts";
import { questionOfGrouping } from "./question-of-grouping.ts";
import type { Question } from "./question.ts";
import { translateAggregate } from "./translate-aggregate.ts";
import { reasonOf } from "./untranslatable.ts";
import type { Expectation } from "./verdict.ts";

/** What Sluice is asked for a fact about an aggregate, and what it is to answer (the fact itself, or its rows as one value); or why it cannot be asked. */
export function questionOfAggregate(fact: AggregateFact): { readonly ok: true; readonly question: Question; readonly expected: Expectation } | { readonly ok: false; readonly reason: string } {
  try {
    const grouping = questionOfGrouping(fact);
    if (grouping !== undefined) return { ok: true, ...grouping };
  } catch (error) {
    return { ok: false, reason: reasonOf(error) };
  }
  const translation = translateAggregate(fact);
  if (!translation.ok) return translation;
  const { text, columns, rows } = translation;
  return { ok: true, question: { text, columns, rows, isAggregate: true, mayFail: true }, expected: fact };
}
