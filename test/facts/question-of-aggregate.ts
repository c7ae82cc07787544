import type { AggregateFact } from "./fact.ts";
import { mapLeaves } from "./map-expression.ts";
import type { Question } from "./question.ts";
import { translateAggregate } from "./translate-aggregate.ts";
import { type FactColumn, writeSluice } from "./translate-sql.ts";
import { reasonOf } from "./untranslatable.ts";

/** What Sluice is asked for a fact about an aggregate, or why it cannot be asked. */
export function questionOfAggregate(fact: AggregateFact): { readonly ok: true; readonly question: Question } | { readonly ok: false; readonly reason: string } {
  const translation = translateAggregate(fact);
  if (!translation.ok) return translation;
  const columns = translation.columns.map((column, at): FactColumn => ({ ...column, name: `x${at}` }));
  const expression = mapLeaves(translation.expression, (leaf) => {
    const column = leaf.kind === "column" ? columns[translation.columns.findIndex(({ name }) => name === leaf.name)] : undefined;
    return column === undefined ? leaf : { kind: "column", name: column.name };
  });
  try {
    return { ok: true, question: { text: writeSluice(expression, columns), columns, rows: translation.rows, isAggregate: true, mayFail: true } };
  } catch (error) {
    return { ok: false, reason: reasonOf(error) };
  }
}
