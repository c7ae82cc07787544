import { specialDatetime } from "../../compiler/catalog/casts/special-datetime.ts";
import type { FunctionFact } from "./fact.ts";
import { mapLeaves } from "./map-expression.ts";
import type { Question } from "./question.ts";
import type { SqlExpression } from "./sql-expression.ts";
import { type FactColumn, translateSql, writeSluice } from "./translate-sql.ts";
import { reasonOf } from "./untranslatable.ts";

/** A fact as it is written, and once more with its literals as columns, so that nothing is folded (where that does not change the types). */
export type FunctionQuestions =
  | { readonly ok: true; readonly written: Question; readonly asColumns: Question | undefined }
  | { readonly ok: false; readonly reason: string };

let questions = 0;

/** What Sluice is asked for a fact, or why it cannot be asked. */
export function questionsOfFunction(fact: FunctionFact): FunctionQuestions {
  const translation = translateSql(fact);
  if (!translation.ok) return translation;
  const amongDecimals = /decimal/i.test(`${fact.type ?? ""} ${fact.sql}`);
  if (amongDecimals && /\b\d+L\b/.test(fact.sql)) return { ok: false, reason: "a literal of type long among decimals" };
  const id = ++questions;
  const columns = translation.columns.map((column, at): FactColumn => ({ ...column, name: `c${id}_${at}` }));
  const renamed = mapLeaves(translation.expression, (leaf) => {
    const column = leaf.kind === "column" ? columns[translation.columns.findIndex(({ name }) => name === leaf.name)] : undefined;
    return column === undefined ? leaf : { kind: "column", name: column.name };
  });
  const mayFail = fact.error !== undefined;
  try {
    const moved = literalsAsColumns(renamed, columns, id, amongDecimals || hasDecimal(renamed));
    return { ok: true, written: question(renamed, columns, mayFail), asColumns: moved === undefined ? undefined : question(moved.expression, moved.columns, mayFail) };
  } catch (error) {
    return { ok: false, reason: reasonOf(error) };
  }
}

function question(expression: SqlExpression, columns: readonly FactColumn[], mayFail: boolean): Question {
  return { text: writeSluice(expression, columns), columns, rows: [columns.map(({ value }) => value)], isAggregate: false, mayFail };
}

const movable: ReadonlySet<string> = new Set(["boolean", "int", "long", "double", "decimal", "string", "date", "timestamp"]);

/**
 * The literals as columns; undefined where nothing moved. Those stay whose being literals decides the answer: whole numbers among
 * decimals (their digits are the type's), special dates, bare nulls, durations.
 */
function literalsAsColumns(expression: SqlExpression, columns: readonly FactColumn[], id: number, wholeStay: boolean): { readonly expression: SqlExpression; readonly columns: readonly FactColumn[] } | undefined {
  const made: FactColumn[] = [];
  const moved = mapLeaves(expression, (leaf) => {
    if (leaf.kind !== "literal" || leaf.value === null || !movable.has(leaf.type.kind)) return leaf;
    if (wholeStay && (leaf.type.kind === "int" || leaf.type.kind === "long")) return leaf;
    if (typeof leaf.value === "number" && !Number.isFinite(leaf.value)) return leaf;
    if (typeof leaf.value === "string" && specialDatetime(leaf.value, { kind: "date" }) !== undefined) return leaf;
    const name = `v${id}_${made.length}`;
    made.push({ name, type: leaf.type, value: leaf.value });
    return { kind: "column", name };
  });
  return made.length === 0 ? undefined : { expression: moved, columns: [...columns, ...made] };
}

function hasDecimal(expression: SqlExpression): boolean {
  let found = false;
  mapLeaves(expression, (leaf) => {
    found ||= leaf.kind === "literal" && leaf.type.kind === "decimal";
    return leaf;
  });
  return found;
}
